import { randomUUID } from 'node:crypto'
import { AppError, isAppError, toErrorInfo } from '../../contract/index.ts'
import type { CommandName, Job, Progress } from '../../contract/index.ts'
import type { EventHub } from '../events/index.ts'

/** Ended jobs kept for the history. */
const keptJobs = 200
/** Milliseconds between two progress events of one job: a screen shows no more. */
const progressEveryMs = 100

/** What the work of a job gets. */
export interface JobContext {
  readonly signal: AbortSignal
  /** Tells how far the work is. A fraction that would fall is held. */
  readonly progress: (progress: Progress) => void
}

export interface JobPlan<T> {
  readonly command: CommandName
  /** What it works on, for people: "environment demo". */
  readonly subject: string
  /** What it works on, for the machine: two jobs never work on one thing at a time. */
  readonly exclusive: string
  /** Two requests with the same text here want the same: the second joins the first. */
  readonly wants: string
  readonly work: (context: JobContext) => Promise<T>
}

export interface Jobs {
  /**
   * Starts a job, or joins the one in flight that wants the same.
   * @throws IN_USE when something else is being done to the same thing.
   */
  readonly start: <T>(plan: JobPlan<T>) => Job
  /** Settles with the ended job; never rejects for a failed job. */
  readonly ended: (id: string) => Promise<Job>
  readonly list: () => readonly Job[]
  readonly get: (id: string) => Job
  /** Asks a job to stop; the answer is the job as it stands. */
  readonly cancel: (id: string) => Job
  /** Cancels everything and waits until all work has let go. */
  readonly close: () => Promise<void>
}

interface Entry {
  job: Job
  readonly plan: { readonly exclusive: string; readonly wants: string }
  readonly abort: AbortController
  ended: Promise<Job>
}

export function createJobs(events: EventHub): Jobs {
  const entries = new Map<string, Entry>()
  const running = () => [...entries.values()].filter((entry) => entry.job.state === 'running')
  const find = (id: string): Entry => {
    const entry = entries.get(id)
    if (!entry)
      throw new AppError('NOT_FOUND', `There is no job ${id}`, { hint: 'Ended jobs are kept for a while only.' })
    return entry
  }
  const update = (entry: Entry, change: Partial<Job>) => {
    entry.job = { ...entry.job, ...change }
    events.emit('job.changed', { job: entry.job })
  }

  const begin = <T>(plan: JobPlan<T>): Entry => {
    const abort = new AbortController()
    const progress: Progress = { fraction: null, title: plan.subject }
    const job: Job = {
      id: randomUUID(),
      command: plan.command,
      subject: plan.subject,
      state: 'running',
      progress,
      startedAt: new Date().toISOString(),
    }
    const entry: Entry = { job, plan, abort, ended: Promise.resolve(job) }
    entries.set(job.id, entry)
    events.emit('job.changed', { job })
    const report = progressReporter((next) => update(entry, { progress: next }))
    entry.ended = plan
      .work({ signal: abort.signal, progress: report.report })
      .then(
        (result): Partial<Job> => ({ state: 'succeeded', result, progress: { ...entry.job.progress, fraction: 1 } }),
        (error: unknown): Partial<Job> => ({
          state: abort.signal.aborted && isAppError(error, 'CANCELLED') ? 'cancelled' : 'failed',
          error: toErrorInfo(error),
        }),
      )
      .then((end) => {
        report.stop()
        update(entry, { ...end, endedAt: new Date().toISOString() })
        forgetOldest()
        return entry.job
      })
    return entry
  }
  const forgetOldest = () => {
    const ended = [...entries.values()].filter((entry) => entry.job.state !== 'running')
    for (const entry of ended.slice(0, Math.max(0, ended.length - keptJobs))) entries.delete(entry.job.id)
  }

  return {
    start(plan) {
      const busy = running().find((entry) => entry.plan.exclusive === plan.exclusive)
      if (!busy) return begin(plan).job
      if (busy.plan.wants === plan.wants && !busy.abort.signal.aborted) return busy.job
      throw new AppError('IN_USE', `${plan.subject} is busy: ${busy.job.progress.title}`, {
        hint: 'Wait until that has ended, or cancel it.',
        details: { job: busy.job.id, command: busy.job.command },
      })
    },
    ended: (id) => find(id).ended,
    list: () => [...entries.values()].map((entry) => entry.job),
    get: (id) => find(id).job,
    cancel(id) {
      const entry = find(id)
      entry.abort.abort()
      return entry.job
    },
    async close() {
      const open = running()
      for (const entry of open) entry.abort.abort()
      await Promise.all(open.map((entry) => entry.ended))
    },
  }
}

/** Thins progress out to what a screen can show, and never lets the fraction fall. */
function progressReporter(tell: (progress: Progress) => void): {
  report: (progress: Progress) => void
  stop: () => void
} {
  let highest = 0
  let last = 0
  let waiting: Progress | undefined
  let timer: NodeJS.Timeout | undefined
  const flush = () => {
    timer = undefined
    if (!waiting) return
    last = performance.now()
    tell(waiting)
    waiting = undefined
  }
  return {
    report(progress) {
      const fraction = progress.fraction === null ? null : (highest = Math.max(highest, Math.min(1, progress.fraction)))
      waiting = { ...progress, fraction }
      const wait = last + progressEveryMs - performance.now()
      if (wait <= 0) flush()
      else timer ??= setTimeout(flush, wait)
    },
    stop() {
      clearTimeout(timer)
    },
  }
}
