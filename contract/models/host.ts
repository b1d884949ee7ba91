import { z } from 'zod'
import { environmentSchema } from './environment.ts'
import { jobSchema } from './job.ts'
import { runtimeSchema } from './runtime.ts'
import { serverSchema } from './server.ts'
import { settingsSchema } from './settings.ts'

/** The file by which other programs find the running host; readable by its owner only. */
export const instanceFileSchema = z.object({
  version: z.literal(1),
  pid: z.number().int(),
  /** The system's own start time of that pid, so that a reused pid is not taken for the host. */
  processStart: z.string().nullable(),
  startedAt: z.string(),
  address: z.string(),
  token: z.string(),
  instanceId: z.string(),
})
export type InstanceFile = z.infer<typeof instanceFileSchema>

/** The places under the data root that a user may want to look at. */
export const hostPathsSchema = z.object({
  settings: z.string(),
  runtimes: z.string(),
  environments: z.string(),
  servers: z.string(),
  endpoints: z.string(),
  logs: z.string(),
  cache: z.string(),
  /** Where the host answers: a socket, or on Windows a named pipe. It may lie elsewhere, where the data root has a long path. */
  control: z.string(),
})

export const hostInfoSchema = z.object({
  version: z.string(),
  running: z.boolean(),
  pid: z.number().int().nullable(),
  home: z.string(),
  paths: hostPathsSchema,
  instanceId: z.string().nullable(),
  startedAt: z.string().nullable(),
  node: z.string(),
  platform: z.string(),
  /** Present when the host is the desktop app: only then can it show a file picker or a folder. */
  desktop: z.object({ electron: z.string(), chrome: z.string() }).nullable(),
})
export type HostInfo = z.infer<typeof hostInfoSchema>

/** Everything a door shows, at one moment. Events with a higher revision come after it. */
export const snapshotSchema = z.object({
  revision: z.number().int().nonnegative(),
  host: hostInfoSchema,
  settings: settingsSchema,
  runtimes: z.array(runtimeSchema),
  environments: z.array(environmentSchema),
  servers: z.array(serverSchema),
  jobs: z.array(jobSchema),
})
export type Snapshot = z.infer<typeof snapshotSchema>

/** One named check of the doctor. `unknown` is its own outcome: could not check is not fine. */
export const checkSchema = z.object({
  id: z.string(),
  title: z.string(),
  outcome: z.enum(['ok', 'warning', 'problem', 'unknown']),
  detail: z.string(),
  hint: z.string().optional(),
})
export type Check = z.infer<typeof checkSchema>
