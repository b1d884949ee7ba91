import { z } from 'zod'
import { runtimeSchema } from './runtime.ts'

const sha256Schema = z.string().regex(/^[\da-f]{64}$/u)

/** Kinds of machines that a bundle can be for. Windows on ARM is none of its own: it takes the Intel build of Python. */
export const bundleMachines = [
  'x86_64-unknown-linux-gnu',
  'aarch64-unknown-linux-gnu',
  'x86_64-unknown-linux-musl',
  'aarch64-unknown-linux-musl',
  'aarch64-apple-darwin',
  'x86_64-apple-darwin',
  'x86_64-pc-windows-msvc',
] as const
export type BundleMachine = (typeof bundleMachines)[number]

/** A file in a bundle: its place in there, `python/…` or `wheels/…`, and what it must be. */
export const bundleFileSchema = z
  .object({
    path: z.string().regex(/^(python|wheels)\/[\w!+.-]+$/u),
    bytes: z.number().int().nonnegative(),
    sha256: sha256Schema,
  })
  .strict()
export type BundleFile = z.infer<typeof bundleFileSchema>

/** `manifest.json`, the first file of a bundle: all that may be in it, and what it is good for. */
export const bundleManifestSchema = z
  .object({
    version: z.literal(1),
    createdAt: z.string(),
    /** The machines that it is for, as archives of Python name them: x86_64-unknown-linux-gnu. */
    triple: z.string().min(1),
    python: z.object({ version: z.string().min(1), file: bundleFileSchema }).strict(),
    /** What the wheels were fetched for; with them come all that these need. */
    packages: z.array(z.string()),
    profiles: z.array(z.string()),
    /** True with what HTTP and gRPC servers need. */
    withFronts: z.boolean(),
    wheels: z.array(bundleFileSchema),
  })
  .strict()
export type BundleManifest = z.infer<typeof bundleManifestSchema>

/** A bundle that has been made. */
export const madeBundleSchema = z.object({
  path: z.string(),
  bytes: z.number().int().nonnegative(),
  /** Of the whole file, to be compared where it arrives. */
  sha256: sha256Schema,
  manifest: bundleManifestSchema,
})
export type MadeBundle = z.infer<typeof madeBundleSchema>

/** What an import has brought. */
export const importedBundleSchema = z.object({
  manifest: bundleManifestSchema,
  runtime: runtimeSchema,
  /** Wheels that were not here before. */
  newWheels: z.number().int().nonnegative(),
})
export type ImportedBundle = z.infer<typeof importedBundleSchema>
