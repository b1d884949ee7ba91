import path from 'node:path'
import { z } from 'zod'
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
  /** Admin only: what it was made from (admin.ts). */
  fingerprint: z.string().optional(),
})
export type Manifest = z.infer<typeof manifestSchema>

export function readManifest(root: string): Promise<JsonRead<Manifest>> {
  return readJson(path.join(root, manifestName), manifestSchema)
}

export function writeManifest(root: string, manifest: Manifest): Promise<void> {
  return writeJson(path.join(root, manifestName), manifest)
}
