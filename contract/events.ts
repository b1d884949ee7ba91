import { z } from 'zod'
import { environmentSchema } from './models/environment.ts'
import { jobSchema } from './models/job.ts'
import { runtimeSchema } from './models/runtime.ts'
import { logLineSchema, serverSchema } from './models/server.ts'
import { settingsSchema } from './models/settings.ts'

/** What core tells every door: always a past fact. Lists come whole where they are short, so that nobody has to merge. */
export const eventSchemas = {
  'runtimes.changed': z.object({ runtimes: z.array(runtimeSchema) }),
  'environments.changed': z.object({ environments: z.array(environmentSchema) }),
  'server.changed': z.object({ server: serverSchema }),
  'server.removed': z.object({ name: z.string() }),
  'job.changed': z.object({ job: jobSchema }),
  'log.appended': z.object({ server: z.string(), lines: z.array(logLineSchema) }),
  'settings.changed': z.object({ settings: settingsSchema }),
  'host.closing': z.object({}),
} as const

export type EventName = keyof typeof eventSchemas
export type EventPayload<N extends EventName> = z.infer<(typeof eventSchemas)[N]>

/** An event with its place in the order of all events. `log.appended` does not raise the revision: logs are no state. */
export type AppEvent = {
  [N in EventName]: { readonly revision: number; readonly name: N; readonly payload: EventPayload<N> }
}[EventName]
