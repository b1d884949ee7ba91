import { z } from 'zod'
import { errorInfoSchema } from '../errors.ts'

export const runtimeOrigins = [
  'managed',
  'path',
  'pyenv',
  'uv',
  'conda',
  'homebrew',
  'registry',
  'launcher',
  'store',
  'framework',
  'system',
  'user',
] as const

/** What an interpreter says of itself when probed. */
export const probeSchema = z.object({
  version: z.string(),
  implementation: z.string(),
  executable: z.string(),
  prefix: z.string(),
  basePrefix: z.string(),
  /** The scheme's own word, for instance linux-x86_64, win-amd64, macosx-11.0-arm64. */
  platform: z.string(),
  machine: z.string(),
  bits: z.number().int(),
  soabi: z.string().nullable(),
  hasVenv: z.boolean(),
  hasPip: z.boolean(),
  hasSsl: z.boolean(),
  externallyManaged: z.boolean(),
  freeThreaded: z.boolean(),
})
export type Probe = z.infer<typeof probeSchema>

/** An installed Python. A broken one is listed too, with its reason, and cannot be used. */
export const runtimeSchema = z.object({
  id: z.string(),
  version: z.string(),
  implementation: z.string(),
  architecture: z.string(),
  executable: z.string(),
  /** `managed`: this product installed it and may remove it. Everything else belongs to someone else. */
  source: z.enum(['managed', 'system']),
  origin: z.enum(runtimeOrigins),
  isDefault: z.boolean(),
  state: z.enum(['ready', 'broken']),
  problem: errorInfoSchema.optional(),
  probe: probeSchema.optional(),
  installedAt: z.string().optional(),
  sizeBytes: z.number().int().nonnegative().optional(),
})
export type Runtime = z.infer<typeof runtimeSchema>

/** A Python that can be downloaded for this machine. */
export const catalogEntrySchema = z.object({
  key: z.string(),
  version: z.string(),
  triple: z.string(),
  file: z.string(),
  sha256: z.string(),
  isInstalled: z.boolean(),
  /** Of the download, where a mirror has told it before; null while nobody has asked. */
  sizeBytes: z.number().int().nonnegative().nullable(),
})
export type CatalogEntry = z.infer<typeof catalogEntrySchema>
