import { z } from 'zod'
import { environmentSchema } from './models/environment.ts'
import { executionOutputSchema } from './models/execution.ts'
import { jobSchema } from './models/job.ts'
import { profileSchema } from './models/profile.ts'
import { runtimeSchema } from './models/runtime.ts'
import { logLineSchema, serverSchema, usageSampleSchema } from './models/server.ts'
import { settingsSchema } from './models/settings.ts'

/** What core tells every door: always a past fact. Lists come whole where they are short, so that nobody has to merge. */
export const eventSchemas = {
  'runtimes.changed': z.object({ runtimes: z.array(runtimeSchema) }),
  'environments.changed': z.object({ environments: z.array(environmentSchema) }),
  'profiles.changed': z.object({ profiles: z.array(profileSchema) }),
  'server.changed': z.object({ server: serverSchema }),
  'server.removed': z.object({ name: z.string() }),
  'job.changed': z.object({ job: jobSchema }),
  'log.appended': z.object({ server: z.string(), lines: z.array(logLineSchema) }),
  /** Taken every few seconds of each running server while somebody listens. */
  'server.sampled': z.object({ name: z.string(), sample: usageSampleSchema }),
  /** What a run of `servers.execute` has just shown. `job` is its id; `seq` counts from 0 without gaps. */
  'execution.shown': z.object({ job: z.string(), seq: z.number().int(), output: z.array(executionOutputSchema) }),
  'settings.changed': z.object({ settings: settingsSchema }),
  'host.closing': z.object({}),
} as const

export type EventName = keyof typeof eventSchemas
export type EventPayload<N extends EventName> = z.infer<(typeof eventSchemas)[N]>

/** Events that are no state: they do not raise the revision, and are not told again to who was away. */
export const passingEvents: readonly EventName[] = ['log.appended', 'server.sampled', 'execution.shown']

/** An event with its place in the order of all events. */
export type AppEvent = {
  [N in EventName]: { readonly revision: number; readonly name: N; readonly payload: EventPayload<N> }
}[EventName]
