import { z } from 'zod'

/**
 * What takes up space in a data root. `wheels`: of imported bundles. `tools`: uv, if the user has asked for it. `cache`: downloads that can be had again. `staging`: half-made
 * things. `other`: what is small.
 */
export const storageKinds = [
  'runtimes',
  'environments',
  'snapshots',
  'trash',
  'wheels',
  'tools',
  'cache',
  'staging',
  'logs',
  'other',
] as const
export type StorageKind = (typeof storageKinds)[number]

export const storageUsageSchema = z.object({
  parts: z.array(z.object({ kind: z.enum(storageKinds), path: z.string(), bytes: z.number().int().nonnegative() })),
  totalBytes: z.number().int().nonnegative(),
  /** What the disk can still take. */
  freeBytes: z.number().int().nonnegative(),
  /** What `storage.prune` would free now. */
  prunableBytes: z.number().int().nonnegative(),
})
export type StorageUsage = z.infer<typeof storageUsageSchema>
