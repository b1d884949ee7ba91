import { AppError, eventSchemas, fromErrorInfo } from '../contract/index.ts'
import type {
  CommandParams,
  CommandResult,
  EventPayload,
  Job,
  JobCommandName,
  Progress,
  Question,
} from '../contract/index.ts'
import { call, checkResult, checkStartedJob } from './door.ts'
import type { Door } from './door.ts'
import { orAborted } from './interrupt.ts'

export interface JobOptions {
  /** Aborted: the job is cancelled, and the promise rejects with the reason once the work has let go. */
  readonly signal: AbortSignal
  readonly onProgress?: (progress: Progress) => void
  /** Gets what the code of this job shows, as it is told. Events may get lost: the job itself has all of it in the end. */
  readonly onShown?: (shown: Shown) => void
  /** Gets the id of the job as soon as it is known. */
  readonly onStarted?: (id: string) => void
  /** Gets what the job asks, each question once; undefined: it has its answer, or wants none any more. */
  readonly onAsked?: (question: Question | undefined) => void
}

export type Shown = EventPayload<'execution.shown'>

/** Milliseconds between two looks at a job while events arrive; they only guard against one that got lost. */
const guardEveryMs = 2000
/** Milliseconds between two looks once the event stream is gone. */
const pollEveryMs = 250
/** Milliseconds that work has to let go after it was cancelled: children are terminated, half-made things swept. */
const letGoMs = 15_000
/** Milliseconds that a command has to answer after the user gave up: its job must be known to be cancelled. */
const lastAnswerMs = 2000

/** Runs a job to its end through any door, told by events, and by asking where they fail to come. */
export async function runJob<N extends JobCommandName>(
  door: Door,
  name: N,
  params: CommandParams<N>,
  options: JobOptions,
): Promise<CommandResult<N>> {
  const news = createNews()
  // Before the command, so that not even the end of a very short job can slip by.
  const shown = createShownFilter(options.onShown)
  const listening = await door.listen((event) => {
    if (event.name === 'execution.shown') return shown.take(event.payload)
    if (event.name !== 'job.changed') return
    const checked = eventSchemas['job.changed'].safeParse(event.payload)
    if (!checked.success) return
    news.note(checked.data.job)
    news.stir()
  })
  let isListening = true
  void listening.ended.then(() => {
    isListening = false
    news.stir()
  })
  options.signal.addEventListener('abort', news.stir)
  try {
    const asked = door.ask(name, params as object)
    const job = checkStartedJob(name, await orAborted(asked, lateSignal(options.signal, lastAnswerMs)))
    news.note(job)
    shown.isFor(job.id)
    options.onStarted?.(job.id)
    const told = await follow(door, news, job.id, () => isListening, options)
    const ended = told.isAbridged ? await call(door, 'jobs.get', { id: told.id }) : told
    return outcome(name, ended, options.signal)
  } finally {
    options.signal.removeEventListener('abort', news.stir)
    listening.stop()
  }
}

async function follow(
  door: Door,
  news: News,
  id: string,
  isListening: () => boolean,
  { signal, onProgress, onAsked }: JobOptions,
): Promise<Job> {
  let gaveUpAt: number | undefined
  let asked: number | undefined
  for (;;) {
    const job = news.latest(id)
    if (job.asks?.number !== asked) onAsked?.(job.asks)
    asked = job.asks?.number
    if (job.state !== 'running') return job
    // Before its first step a job has its subject for a title, which says nothing new.
    if (job.progress.title !== job.subject) onProgress?.(job.progress)
    if (signal.aborted && gaveUpAt === undefined) {
      gaveUpAt = performance.now()
      const left = await call(door, 'jobs.cancel', { id, release: true })
      news.note(left)
      // Somebody else wants it, too.
      if (left.state === 'running' && !left.isCancelling) throw stillRunning(signal.reason as AppError, left)
      continue
    }
    if (gaveUpAt !== undefined && performance.now() - gaveUpAt > letGoMs)
      throw stillRunning(signal.reason as AppError, job)
    const told = await news.within(isListening() ? guardEveryMs : pollEveryMs)
    if (!told || !isListening()) news.note(await call(door, 'jobs.get', { id }))
  }
}

function outcome<N extends JobCommandName>(name: N, job: Job, signal: AbortSignal): CommandResult<N> {
  if (job.state === 'succeeded') return checkResult(name, job.result)
  if (signal.aborted) throw signal.reason as Error
  if (job.state === 'cancelled')
    throw new AppError('CANCELLED', `The work on ${job.subject} was cancelled from elsewhere`)
  throw job.error ? fromErrorInfo(job.error) : new AppError('INTERNAL', `The work on ${job.subject} failed unexplained`)
}

function stillRunning(reason: AppError, job: Job): AppError {
  return new AppError(reason.code, `${reason.message}; the work on ${job.subject} goes on in the host`, {
    hint: `See \`beep-host jobs list\`; \`beep-host jobs cancel ${job.id}\` ends it`,
    details: { job: job.id },
  })
}

/** The events of one job, those among them that came before anybody knew its id. */
function createShownFilter(onShown: JobOptions['onShown']) {
  let early: Shown[] = []
  let job: string | undefined
  return {
    take(payload: unknown): void {
      const { data } = onShown ? eventSchemas['execution.shown'].safeParse(payload) : {}
      if (!data) return
      if (job === undefined) early.push(data)
      else if (data.job === job) onShown?.(data)
    },
    isFor(id: string): void {
      job = id
      for (const data of early) if (data.job === id) onShown?.(data)
      early = []
    },
  }
}

interface News {
  readonly note: (job: Job) => void
  /** Something happened that is worth a look. */
  readonly stir: () => void
  readonly latest: (id: string) => Job
  /** True if something stirred within so many milliseconds, or since the last time. */
  readonly within: (ms: number) => Promise<boolean>
}

/** What is known of jobs, and the waiting for more of it. */
function createNews(): News {
  const jobs = new Map<string, Job>()
  let stirred = false
  let wake = () => {}
  const stir = () => {
    stirred = true
    wake()
  }
  return {
    stir,
    note(job) {
      const known = jobs.get(job.id)
      // An answer that was under way while the job ended is older than the event of its end.
      if (known && known.state !== 'running') return
      jobs.set(job.id, job)
    },
    latest: (id) => jobs.get(id)!,
    async within(ms) {
      let timer: NodeJS.Timeout | undefined
      if (!stirred) {
        await new Promise<void>((resolve) => {
          wake = resolve
          timer = setTimeout(resolve, ms)
        })
      }
      clearTimeout(timer)
      const heard = stirred
      stirred = false
      return heard
    },
  }
}

/** A signal that follows another one after a while. */
function lateSignal(signal: AbortSignal, ms: number): AbortSignal {
  const late = new AbortController()
  const abort = () => setTimeout(() => late.abort(signal.reason), ms).unref()
  if (signal.aborted) abort()
  else signal.addEventListener('abort', abort, { once: true })
  return late.signal
}
