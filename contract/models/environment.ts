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
 * What a repair has done. `restored`: a change of packages that was cut off is taken back. `relinked`: the interpreter is in place again, the packages are those that were there.
 * `reinstalled`: damaged packages are whole again. `remade`: made anew from its requirements; the old one lies in the trash.
 */
export const repairSteps = ['restored', 'relinked', 'reinstalled', 'remade'] as const

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

/** Why the packages of an environment were kept as they were. `rollback`: before they were put back to an earlier state. */
export const snapshotReasons = ['install', 'upgrade', 'uninstall', 'import', 'ensure', 'rollback', 'manual'] as const

/** The packages of an environment as they were at one moment, kept so that they can be brought back. */
export const packageSnapshotSchema = z.object({
  id: z.string(),
  takenAt: z.string(),
  reason: z.enum(snapshotReasons),
  /** What was asked for by the change that it was taken before; for `rollback`, the snapshot that was gone back to. */
  about: z.array(z.string()),
  /** What the user has noted on it. */
  note: z.string().nullable(),
  packages: z.array(packageSchema),
  /** How the packages differ between this moment and the next snapshot, or now. */
  changes: z.array(packageChangeSchema),
  /** Bytes that would be free without it; what it shares with the environment counts nothing. */
  sizeBytes: z.number().int().nonnegative(),
})
export type PackageSnapshot = z.infer<typeof packageSnapshotSchema>

/** An environment whose packages are what they were. */
export const rolledBackEnvironmentSchema = environmentSchema.extend({
  /** The snapshot that it was brought back to. */
  snapshot: z.string(),
  /** The snapshot of what was there before, with which this can be undone; null where none is kept, or nothing had changed. */
  undo: z.string().nullable(),
  changes: z.array(packageChangeSchema),
  /** Files that were rewritten in place since the snapshot was taken, and are therefore as they are now; the first twenty. */
  altered: z.array(z.string()),
})
export type RolledBackEnvironment = z.infer<typeof rolledBackEnvironmentSchema>

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
