import { randomUUID } from 'node:crypto'
import { AppError, isAppError, toErrorInfo } from '../../contract/index.ts'
import type { CommandName, Job, Progress, Question } from '../../contract/index.ts'
import type { EventHub } from '../events/index.ts'
import { abridge, weigh } from './abridge.ts'
import { createAnswers } from './answers.ts'
import { progressReporter } from './progress.ts'

/** Ended jobs kept for the history: so many, and so many characters of what they gave and hold. The last one is always kept. */
const keptJobs = 200
const keptChars = 64 * 1024 * 1024

/** What the work of a job gets. */
export interface JobContext {
  readonly signal: AbortSignal
  /** Tells how far the work is. A fraction that would fall is held. */
  readonly progress: (progress: Progress) => void
}

/** What the work of a job gets that talks with its user. */
export interface AskingContext extends JobContext {
  /** What it waits for now; undefined: nothing. */
  readonly asks: (question: Question | undefined) => void
}

export interface JobPlan<T> {
  readonly command: CommandName
  /** What it works on, for people: "environment demo". */
  readonly subject: string
  /** What it works on, for the machine: two jobs never work on one thing at a time. */
  readonly exclusive: string
  /** Two requests with the same text here want the same: the second joins the first. */
  readonly wants: string
  /** Characters that the plan holds on to, where they are many: it is kept as long as the job, to do it again. */
  readonly weight?: number
  /** Gets the id of its job. May be called again after it has ended, by a retry. */
  readonly work: (context: AskingContext, id: string) => Promise<T>
}

export interface Jobs {
  /**
   * Starts a job, or joins the one in flight that wants the same.
   * @throws IN_USE when something else is being done to the same thing, CANCELLED when all work is being ended.
   */
  readonly start: <T>(plan: JobPlan<T>) => Job
  /** For what was found to be done already: a job that has ended with this result, and is no part of the history. */
  readonly answer: (plan: Pick<JobPlan<unknown>, 'command' | 'subject'>, result: unknown) => Job
  /** Settles with the ended job; rejects only for an id that nobody knows. */
  readonly ended: (id: string) => Promise<Job>
  /** Large results are left out, as in the events (see `isAbridged`). */
  readonly list: () => readonly Job[]
  /** All of it. @throws NOT_FOUND */
  readonly get: (id: string) => Job
  /**
   * Does again what an ended job did, as a new one.
   * @throws IN_USE while it runs, NOT_FOUND for one that is not kept, and as `start`
   */
  readonly retry: (id: string) => Job
  /** Asks a job to stop, whoever wants it; the answer is the job as it stands. */
  readonly cancel: (id: string) => Job
  /** One of those who started it or joined wants it no more. With the last of them it is cancelled. */
  readonly release: (id: string) => Job
  /** Cancels everything and waits until all work has let go. */
  readonly close: () => Promise<void>
}

interface Entry {
  job: Job
  /** As lists and events have it. */
  told: Job
  /** Characters that it takes up once it has ended. */
  weight: number
  readonly plan: JobPlan<unknown>
  readonly abort: AbortController
  /** How many want it: who started it, and who joined. */
  holders: number
  ended: Promise<Job>
}

export interface JobsOptions {
  /** Told about every bug (a throw that is no AppError), since the job only says INTERNAL. */
  readonly onBug?: (command: string, thrown: unknown) => void
}

export function createJobs(events: EventHub, options: JobsOptions = {}): Jobs {
  const entries = new Map<string, Entry>()
  /** Ids in the order in which jobs ended: the last one is the one somebody still waits for. */
  const endedIds: string[] = []
  const answers = createAnswers()
  let isClosing = false
  const running = () => [...entries.values()].filter((entry) => entry.job.state === 'running')
  const find = (id: string): Entry => {
    const entry = entries.get(id)
    if (!entry)
      throw new AppError('NOT_FOUND', `There is no job ${id}`, { hint: 'Ended jobs are kept for a while only.' })
    return entry
  }
  const update = (entry: Entry, change: Partial<Omit<Job, 'asks'>> & { readonly asks?: Question | undefined }) => {
    const { asks, isCancelling, ...rest } = { ...entry.job, ...change }
    const passing = { ...(asks === undefined ? {} : { asks }), ...(isCancelling ? { isCancelling } : {}) }
    entry.job = rest.state === 'running' ? { ...rest, ...passing } : rest
    entry.told = entry.job.state === 'running' ? entry.job : abridge(entry.job)
    events.emit('job.changed', { job: entry.told })
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
    const entry: Entry = {
      job,
      told: job,
      weight: plan.weight ?? 0,
      plan,
      abort,
      holders: 1,
      ended: Promise.resolve(job),
    }
    entries.set(job.id, entry)
    events.emit('job.changed', { job })
    const report = progressReporter((next) => update(entry, { progress: next }))
    const asks = (question: Question | undefined) => {
      if (entry.job.state === 'running' && entry.job.asks !== question) update(entry, { asks: question })
    }
    entry.ended = settle(plan, job.id, { signal: abort.signal, progress: report.report, asks }).then((end) => {
      const latest = report.stop() ?? entry.job.progress
      const reached = end.state === 'succeeded' ? { ...latest, fraction: 1 } : latest
      update(entry, { ...end, progress: reached, endedAt: new Date().toISOString() })
      remember(entry)
      return entry.job
    })
    return entry
  }
  const remember = (entry: Entry) => {
    entry.weight += weigh(entry.job)
    endedIds.push(entry.job.id)
    let chars = endedIds.reduce((sum, id) => sum + (entries.get(id)?.weight ?? 0), 0)
    while (endedIds.length > 1 && (endedIds.length > keptJobs || chars > keptChars)) {
      const oldest = endedIds.shift()!
      chars -= entries.get(oldest)?.weight ?? 0
      entries.delete(oldest)
    }
  }
  const reportBug = (command: string, error: unknown) => {
    try {
      options.onBug?.(command, error)
    } catch {
      // A log that fails must not take the job's end with it.
    }
  }
  const settle = async <T>(plan: JobPlan<T>, id: string, context: AskingContext): Promise<Partial<Job>> => {
    try {
      return { state: 'succeeded', result: await plan.work(context, id) }
    } catch (error) {
      // Node's own functions say AbortError where ours say CANCELLED.
      const isAbort = isAppError(error, 'CANCELLED') || (error instanceof Error && error.name === 'AbortError')
      if (context.signal.aborted && isAbort) {
        const cancelled = isAppError(error) ? error : new AppError('CANCELLED', `Cancelled: ${plan.subject}`)
        return { state: 'cancelled', error: toErrorInfo(cancelled) }
      }
      if (!isAppError(error)) reportBug(plan.command, error)
      return { state: 'failed', error: toErrorInfo(error) }
    }
  }

  const start = <T>(plan: JobPlan<T>): Job => {
    if (isClosing) throw new AppError('CANCELLED', `Not begun, since the host is closing: ${plan.subject}`)
    const busy = running().find((entry) => entry.plan.exclusive === plan.exclusive)
    if (!busy) return begin(plan).job
    if (busy.plan.wants === plan.wants && !busy.abort.signal.aborted) {
      busy.holders += 1
      return busy.job
    }
    throw new AppError('IN_USE', `${plan.subject} is busy: ${busy.job.progress.title}`, {
      hint: 'Wait until that has ended, or cancel it.',
      details: { job: busy.job.id, command: busy.job.command },
    })
  }

  const cancel = (entry: Entry): Job => {
    const isNews = entry.job.state === 'running' && !entry.abort.signal.aborted
    entry.abort.abort()
    if (isNews && entry.job.state === 'running') update(entry, { isCancelling: true })
    return entry.told
  }

  return {
    start,
    answer: ({ command, subject }, result) => answers.add(command, subject, result),
    retry(id) {
      const { job, plan } = find(id)
      if (job.state !== 'running') return start(plan)
      throw new AppError('IN_USE', `The work on ${job.subject} is still under way`, {
        hint: 'Wait until it has ended, or cancel it.',
        details: { job: id, command: job.command },
      })
    },
    ended: async (id) => answers.get(id) ?? find(id).ended,
    list: () => [...entries.values()].map((entry) => entry.told),
    get: (id) => answers.get(id) ?? find(id).job,
    cancel: (id) => answers.get(id) ?? cancel(find(id)),
    release(id) {
      const entry = entries.get(id)
      if (entry === undefined || entry.job.state !== 'running') return answers.get(id) ?? find(id).told
      entry.holders -= 1
      return entry.holders > 0 ? entry.told : cancel(entry)
    },
    async close() {
      isClosing = true
      const open = running()
      for (const entry of open) entry.abort.abort()
      await Promise.all(open.map((entry) => entry.ended))
    },
  }
}
