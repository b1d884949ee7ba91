import { z } from 'zod'
import { usageSampleSchema } from './server.ts'

const count = z.number().int().nonnegative()

/** How long requests took that ran, from their arrival to their reply. `counts` has one more than `bounds`: what was above the last. */
export const latencySchema = z.object({
  /** Upper bounds, in seconds, rising. */
  bounds: z.array(z.number().positive()),
  counts: z.array(count),
  totalSeconds: z.number().nonnegative(),
})
export type Latency = z.infer<typeof latencySchema>

/** One of several workers. */
export const workerMetricsSchema = z.object({
  worker: z.number().int().positive(),
  /** Null while another one takes its place. */
  pid: z.number().int().positive().nullable(),
  ready: z.boolean(),
  /** How often it was lost and replaced. */
  lost: count,
  requests: count,
  failed: count,
  running: count,
  waiting: count,
  connections: count,
  /** Those that share its process. */
  sessions: count,
  handles: count,
})
export type WorkerMetrics = z.infer<typeof workerMetricsSchema>

/** What a server says of itself (docs/wire.md §2.4). Counted since its start, whatever workers it has lost since. */
export const poolMetricsSchema = z.object({
  startedAt: z.string(),
  /** Answered ones: what is answered at any time, such as `ping`, does not count. */
  requests: count,
  /** Those of them that failed, by code. */
  errors: z.record(z.string(), count),
  latency: latencySchema,
  running: count,
  waiting: count,
  /** How many may wait; others are BUSY. */
  queueLimit: count,
  /** To its pool: those of its front and of the host are among them. */
  connections: count,
  workers: count,
  workersLost: count,
  sessions: count,
  handles: count,
  /** What each process has taken so far, where the system tells. */
  processes: z.array(
    z.object({
      role: z.enum(['pool', 'worker', 'session']),
      pid: z.number().int().positive(),
      /** Which of several workers. */
      worker: z.number().int().positive().optional(),
      sessionId: z.string().optional(),
      cpuSeconds: z.number().nonnegative().optional(),
      memoryBytes: count.optional(),
    }),
  ),
  /** Of several workers, in their order. */
  eachWorker: z.array(workerMetricsSchema).optional(),
})

/** A running server at one moment. */
export const serverMetricsSchema = z.object({
  at: z.string(),
  ...poolMetricsSchema.shape,
  /** What all its processes took lately, front and children included; null where that cannot be measured. */
  usage: usageSampleSchema.nullable(),
})
export type ServerMetrics = z.infer<typeof serverMetricsSchema>

/**
 * The time in which this share of the requests was answered, in seconds: exact to within the bounds around it, and evenly spread
 * between them. Above the last bound it is that bound. Undefined where nothing ran.
 */
export function latencyAt({ bounds, counts }: Pick<Latency, 'bounds' | 'counts'>, share: number): number | undefined {
  const total = counts.reduce((sum, one) => sum + one, 0)
  if (total === 0) return undefined
  let below = 0
  for (const [place, here] of counts.entries()) {
    const upper = bounds[place]
    if (upper === undefined) break
    if (here > 0 && below + here >= share * total) {
      const lower = bounds[place - 1] ?? 0
      return lower + ((upper - lower) * Math.max(0, share * total - below)) / here
    }
    below += here
  }
  return bounds.at(-1)
}
