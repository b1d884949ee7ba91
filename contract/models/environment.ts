import { z } from 'zod'
import { errorInfoSchema } from '../errors.ts'
import { gpuBackendSchema } from './gpu.ts'

/** The environment that fronts run in. It is ours: nobody installs into it, nobody removes it by accident. */
export const adminEnvironmentName = 'admin'

export const environmentSchema = z.object({
  name: z.string(),
  root: z.string(),
  kind: z.enum(['user', 'admin']),
  /** The environment's own interpreter. */
  executable: z.string(),
  /** Python version, such as 3.12.14. */
  python: z.string(),
  /** Id of the runtime it stands on. */
  runtime: z.string(),
  state: z.enum(['ready', 'broken']),
  problem: errorInfoSchema.optional(),
  createdAt: z.string(),
  sizeBytes: z.number().int().nonnegative(),
  /** Requirements asked for so far, as typed; the admin environment's are the server packages. */
  requirements: z.array(z.string()),
  /** The GPU back end that its packages were chosen for, where they come in several builds. */
  gpu: gpuBackendSchema.optional(),
  /** Optional packages of its profiles that could not be installed, each with its reason. */
  skipped: z.array(z.object({ requirement: z.string(), reason: z.string() })).optional(),
  /** Servers that run on it right now. */
  usedBy: z.array(z.string()),
})
export type Environment = z.infer<typeof environmentSchema>

/**
 * What a repair has done. `relinked`: the interpreter is in place again, the packages are those that were there.
 * `reinstalled`: damaged packages are whole again. `remade`: made anew from its requirements; the old one lies in the trash.
 */
export const repairSteps = ['relinked', 'reinstalled', 'remade'] as const

/** An environment after a repair. No steps: it was sound. */
export const repairedEnvironmentSchema = environmentSchema.extend({ repairs: z.array(z.enum(repairSteps)) })
export type RepairedEnvironment = z.infer<typeof repairedEnvironmentSchema>

export const packageSchema = z.object({ name: z.string(), version: z.string() })
export type Package = z.infer<typeof packageSchema>

/** A package with a newer version in the index. */
export const outdatedPackageSchema = z.object({ name: z.string(), version: z.string(), latest: z.string() })
export type OutdatedPackage = z.infer<typeof outdatedPackageSchema>

/** What a change of packages would do to one of them. `from` null: it comes; `to` null: it goes. */
export const packageChangeSchema = z.object({
  name: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  /** Where it goes: the installed packages that stay and need it, so that they would no longer work. */
  neededBy: z.array(z.string()).optional(),
})
export type PackageChange = z.infer<typeof packageChangeSchema>

/** A removed environment that can still be brought back. */
export const trashedEnvironmentSchema = z.object({
  id: z.string(),
  /** Its name while it was there. */
  name: z.string(),
  removedAt: z.string(),
  /** From then on a host may delete it for good. */
  expiresAt: z.string(),
  sizeBytes: z.number().int().nonnegative(),
})
export type TrashedEnvironment = z.infer<typeof trashedEnvironmentSchema>
