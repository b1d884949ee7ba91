import path from 'node:path'
import { z } from 'zod'
import { gpuBackendSchema } from '../../contract/index.ts'
import { readJson, writeJson } from '../storage/index.ts'
import type { JsonRead } from '../storage/index.ts'

/** The file that makes a folder an environment. Written last, so that a folder without it was never finished. */
export const manifestName = '.beep-environment.json'

export const manifestSchema = z.object({
  version: z.literal(1),
  name: z.string(),
  kind: z.enum(['user', 'admin']),
  /** Where it was made. Scripts inside hold this path, so elsewhere it does not work. */
  root: z.string(),
  /** Id of the runtime. */
  runtime: z.string(),
  /** The runtime's own word for its version, to tell later whether it has changed. */
  runtimeVersion: z.string(),
  /** The runtime's interpreter; its pip serves this environment. */
  base: z.string(),
  /** What the environment's interpreter said of itself when it was made. */
  python: z.string(),
  createdAt: z.string(),
  requirements: z.array(z.string()),
  size: z.object({
    bytes: z.number().int().nonnegative(),
    /** mtime of site-packages at that time, in ms: tells whether somebody has installed since. */
    stamp: z.number(),
  }),
  /** Asked beside the usual index, by every change of its packages: where its profiles' packages of one GPU back end come from. */
  indexes: z.array(z.string()).optional(),
  gpu: gpuBackendSchema.optional(),
  /** Optional packages that could not be installed: not tried again until its profile asks for something else. */
  skipped: z.array(z.object({ requirement: z.string(), reason: z.string() })).optional(),
  /** Admin only: what it was made from (admin.ts). */
  fingerprint: z.string().optional(),
})
export type Manifest = z.infer<typeof manifestSchema>

/** What goes along when an environment is made anew, or copied. */
export function originOf({ indexes, gpu }: Manifest): Pick<Manifest, 'indexes' | 'gpu'> {
  return { ...(indexes === undefined ? {} : { indexes }), ...(gpu === undefined ? {} : { gpu }) }
}

export function readManifest(root: string): Promise<JsonRead<Manifest>> {
  return readJson(path.join(root, manifestName), manifestSchema)
}

export function writeManifest(root: string, manifest: Manifest): Promise<void> {
  return writeJson(path.join(root, manifestName), manifest)
}
