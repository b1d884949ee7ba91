import { z } from 'zod'

const prefix = '@beep '

/** Which of several. */
const workerNumber = z.number().int().positive().optional()

const factSchema = z.discriminatedUnion('event', [
  z.object({ event: z.literal('worker.started'), pid: z.number().int().positive(), worker: workerNumber }),
  z.object({
    event: z.literal('worker.lost'),
    pid: z.number().int().positive(),
    worker: workerNumber,
    signal: z.union([z.string(), z.number()]).nullish(),
    exitCode: z.number().int().nullish(),
    lastLines: z.array(z.string()).default([]),
  }),
  z.object({ event: z.literal('pool.failed'), message: z.string() }),
])

/** What a running server tells the host on stderr (docs/wire.md §8). */
export type ServerFact = z.infer<typeof factSchema>
export type WorkerFact = Exclude<ServerFact, { event: 'pool.failed' }>

/** True for a line that is meant for the host and not for people. */
export function isFactLine(line: string): boolean {
  return line.startsWith(prefix)
}

/** The fact in a line, or `event` for one that this version does not know, or undefined for plain output. */
export function readFact(line: string): ServerFact | 'event' | undefined {
  if (!isFactLine(line)) return undefined
  try {
    const checked = factSchema.safeParse(JSON.parse(line.slice(prefix.length)))
    return checked.success ? checked.data : 'event'
  } catch {
    return undefined
  }
}
