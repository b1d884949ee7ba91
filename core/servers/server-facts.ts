import { z } from 'zod'

const prefix = '@beep '

const factSchema = z.discriminatedUnion('event', [
  z.object({ event: z.literal('worker.started'), pid: z.number().int().positive() }),
  z.object({
    event: z.literal('worker.lost'),
    pid: z.number().int().positive(),
    signal: z.union([z.string(), z.number()]).nullish(),
    exitCode: z.number().int().nullish(),
    lastLines: z.array(z.string()).default([]),
  }),
])

/** What a running server tells the host on stderr (docs/wire.md §8). */
export type ServerFact = z.infer<typeof factSchema>

/** The fact in a line, or `event` for one that this version does not know, or undefined for plain output. */
export function readFact(line: string): ServerFact | 'event' | undefined {
  if (!line.startsWith(prefix)) return undefined
  try {
    const checked = factSchema.safeParse(JSON.parse(line.slice(prefix.length)))
    return checked.success ? checked.data : 'event'
  } catch {
    return undefined
  }
}
