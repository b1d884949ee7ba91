import { z } from 'zod'
import type { CommandResult, Job } from '../../contract/index.ts'

/** A run of code as it is remembered: enough to see how it went, and to bring the code back. */
export const pastRunSchema = z.object({
  id: z.string(),
  at: z.string(),
  server: z.string(),
  code: z.string(),
  outcome: z.enum(['done', 'failed', 'cancelled']),
  /** What it gave, or why it failed; cut. */
  summary: z.string(),
  durationMs: z.number(),
})
export type PastRun = z.infer<typeof pastRunSchema>

/** Runs that are remembered, characters of the code of all of them, and of one summary: a browser keeps some megabytes. */
const keptRuns = 100
const keptChars = 500_000
const summaryChars = 200

export function pastOf(job: Job, server: string, code: string): PastRun {
  const { id, startedAt, endedAt, state } = job
  const result = state === 'succeeded' ? (job.result as CommandResult<'servers.execute'>) : undefined
  return {
    id,
    at: startedAt,
    server,
    code,
    outcome: state === 'succeeded' ? 'done' : isStopped(job) ? 'cancelled' : 'failed',
    summary: (result?.result.repr ?? (isStopped(job) ? '' : (job.error?.message ?? ''))).slice(0, summaryChars),
    durationMs: result?.durationMs ?? Math.max(0, Date.parse(endedAt ?? startedAt) - Date.parse(startedAt)),
  }
}

/** Somebody wanted its end: it was cancelled, or its code was interrupted. */
export function isStopped({ state, error }: Job): boolean {
  return state === 'cancelled' || (state === 'failed' && error?.code === 'CANCELLED')
}

/** With the newest first. The same code twice in a row is one entry: the later run. */
export function withPast(past: readonly PastRun[], run: PastRun): PastRun[] {
  const [last] = past
  const isAgain = last !== undefined && last.code === run.code && last.server === run.server
  const all = [run, ...(isAgain ? past.slice(1) : past).filter(({ id }) => id !== run.id)].slice(0, keptRuns)
  let room = keptChars
  return all.filter(({ code }) => (room -= code.length) >= 0)
}

/** What this browser had kept; what cannot be read is left out. */
export function readPast(found: unknown): PastRun[] {
  if (!Array.isArray(found)) return []
  return found.flatMap((one) => pastRunSchema.safeParse(one).data ?? [])
}
