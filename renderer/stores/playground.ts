import { create } from 'zustand'
import { z } from 'zod'
import { toErrorInfo } from '../../contract/index.ts'
import type { ErrorInfo, Job, SessionOptions } from '../../contract/index.ts'
import { sessionOptionsSchema } from '../../contract/index.ts'
import { keep, kept } from './keep.ts'
import { call } from './call.ts'
import { cancelJob, rememberJob, useJobs } from './jobs.ts'
import { pastOf, readPast, withPast } from './playground-past.ts'
import type { PastRun } from './playground-past.ts'
import { jobEnded } from './use-job.ts'

/** A run of code: what was sent where, as the job that does it. */
const runSchema = z.object({
  id: z.string(),
  server: z.string(),
  code: z.string(),
  /** The id of the session that it runs in. */
  sessionId: z.string().optional(),
})
export type Run = z.infer<typeof runSchema>

/** The session that runs take place in, and how one like it is opened. */
const chosenSessionSchema = z.object({ server: z.string(), id: z.string(), options: sessionOptionsSchema })
export interface ChosenSession {
  readonly server: string
  readonly id: string
  readonly options: SessionOptions
}

interface PlaygroundState {
  /** As it stands in the editor; kept over reloads and screens. */
  readonly code: string
  /** The server that the user chose last; it may have gone since. */
  readonly server: string | undefined
  /** Undefined: each run begins anew. */
  readonly session: ChosenSession | undefined
  /** The last run of this window. */
  readonly run: Run | undefined
  /** The job of it once it has ended, nothing left out of it. */
  readonly ended: Job | undefined
  /** Why the last one did not even begin, or was never heard of again. */
  readonly refusal: ErrorInfo | undefined
  /** Asked, and not ended. */
  readonly isRunning: boolean
  /** The code has been told to stop, and has not yet. */
  readonly isInterrupted: boolean
  /** The newest first. */
  readonly past: readonly PastRun[]
}

const names = {
  draft: 'beep-playground',
  past: 'beep-playground-past',
  run: 'beep-playground-run',
  session: 'beep-playground-session',
} as const
const draftSchema = z.object({ code: z.string().catch(''), server: z.string().optional().catch(undefined) })
/** Milliseconds without a key pressed, after which the code is kept. */
const keepAfterMs = 300

export const usePlayground = create<PlaygroundState>()(() => {
  const draft = draftSchema.safeParse(kept(names.draft)).data
  return {
    code: draft?.code ?? '',
    server: draft?.server,
    session: chosenSessionSchema.safeParse(kept(names.session, 'this window')).data,
    run: undefined,
    ended: undefined,
    refusal: undefined,
    isRunning: false,
    isInterrupted: false,
    past: readPast(kept(names.past)),
  }
})

let keeping: ReturnType<typeof setTimeout> | undefined

export function setCode(code: string): void {
  usePlayground.setState({ code })
  clearTimeout(keeping)
  keeping = setTimeout(keepDraft, keepAfterMs)
}

export function chooseServer(server: string): void {
  usePlayground.setState({ server })
  keepDraft()
}

/** Where the next runs take place; undefined: outside of all sessions. */
export function chooseSession(session: ChosenSession | undefined): void {
  usePlayground.setState({ session })
  keep(names.session, session, 'this window')
}

/** Also before the page goes: a reload must not lose the last word. */
export function keepDraft(): void {
  clearTimeout(keeping)
  const { code, server } = usePlayground.getState()
  keep(names.draft, { code, server })
}

/** Runs code on a server, in the session that is chosen there, and follows it to its end, whatever screen is open. One at a time. Never rejects. */
export async function runCode(server: string, code: string): Promise<void> {
  const { isRunning, session } = usePlayground.getState()
  if (isRunning || code.trim() === '') return
  keepDraft()
  const place = session?.server === server ? { sessionId: session.id } : {}
  usePlayground.setState({
    isRunning: true,
    isInterrupted: false,
    refusal: undefined,
    run: undefined,
    ended: undefined,
  })
  await toTheEnd(async () => {
    const { job } = await call('servers.execute', { name: server, code, ...place, allowInput: true })
    rememberJob(job)
    const run = { id: job.id, server, code, ...place }
    usePlayground.setState({ run })
    keep(names.run, run, 'this window')
    await follow(run)
  })
}

/** As Ctrl+C in a terminal: the code may tidy up, and what it then comes to counts. */
export function interruptRun(): void {
  const { run } = usePlayground.getState()
  if (run === undefined) return
  usePlayground.setState({ isInterrupted: true })
  // It may have ended just now: then there is nothing to interrupt, which is what was wanted.
  void call('servers.interrupt', { name: run.server, execution: run.id }).catch(() => {})
}

/** Null: there is no more input. @throws AppError */
export async function answerInput(execution: string, text: string | null): Promise<void> {
  await call('servers.answerInput', { execution, text })
}

/** For code that does not care: it is not waited for any more. */
export function cancelRun(): void {
  const { run } = usePlayground.getState()
  // It may have ended just now: then there is nothing to cancel, which is what was wanted.
  if (run !== undefined) void cancelJob(run.id).catch(() => {})
}

/** After a reload: the run that this window had begun, if the host still knows it. Called when the host's state is known. */
export async function resumeRun(): Promise<void> {
  const { run, isRunning } = usePlayground.getState()
  const known = runSchema.safeParse(kept(names.run, 'this window')).data
  if (run !== undefined || isRunning || known === undefined) return
  if (!useJobs.getState().jobs.some(({ id }) => id === known.id)) return
  usePlayground.setState({ run: known, isRunning: true })
  await toTheEnd(() => follow(known))
}

export function clearPast(): void {
  usePlayground.setState({ past: [] })
  keep(names.past, [])
}

async function follow(run: Run): Promise<void> {
  const job = await jobEnded(run.id)
  // Another window may have added to it meanwhile.
  const past = withPast(readPast(kept(names.past) ?? usePlayground.getState().past), pastOf(job, run.server, run.code))
  usePlayground.setState({ ended: job, past })
  keep(names.past, past)
}

async function toTheEnd(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    usePlayground.setState({ refusal: toErrorInfo(error) })
  } finally {
    usePlayground.setState({ isRunning: false, isInterrupted: false })
  }
}
