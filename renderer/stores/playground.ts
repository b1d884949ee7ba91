import { create } from 'zustand'
import { z } from 'zod'
import { toErrorInfo } from '../../contract/index.ts'
import type { ErrorInfo, Job } from '../../contract/index.ts'
import { keep, kept } from './keep.ts'
import { call } from './call.ts'
import { cancelJob, rememberJob, useJobs } from './jobs.ts'
import { pastOf, readPast, withPast } from './playground-past.ts'
import type { PastRun } from './playground-past.ts'
import { jobEnded } from './use-job.ts'

/** A run of code: what was sent where, as the job that does it. */
const runSchema = z.object({ id: z.string(), server: z.string(), code: z.string() })
export type Run = z.infer<typeof runSchema>

interface PlaygroundState {
  /** As it stands in the editor; kept over reloads and screens. */
  readonly code: string
  /** The server that the user chose last; it may have gone since. */
  readonly server: string | undefined
  /** The last run of this window. */
  readonly run: Run | undefined
  /** The job of it once it has ended, nothing left out of it. */
  readonly ended: Job | undefined
  /** Why the last one did not even begin, or was never heard of again. */
  readonly refusal: ErrorInfo | undefined
  /** Asked, and not ended. */
  readonly isRunning: boolean
  /** The newest first. */
  readonly past: readonly PastRun[]
}

const names = { draft: 'beep-playground', past: 'beep-playground-past', run: 'beep-playground-run' } as const
const draftSchema = z.object({ code: z.string().catch(''), server: z.string().optional().catch(undefined) })
/** Milliseconds without a key pressed, after which the code is kept. */
const keepAfterMs = 300

export const usePlayground = create<PlaygroundState>()(() => {
  const draft = draftSchema.safeParse(kept(names.draft)).data
  return {
    code: draft?.code ?? '',
    server: draft?.server,
    run: undefined,
    ended: undefined,
    refusal: undefined,
    isRunning: false,
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

/** Also before the page goes: a reload must not lose the last word. */
export function keepDraft(): void {
  clearTimeout(keeping)
  const { code, server } = usePlayground.getState()
  keep(names.draft, { code, server })
}

/** Runs code on a server and follows it to its end, whatever screen is open. One at a time. Never rejects. */
export async function runCode(server: string, code: string): Promise<void> {
  if (usePlayground.getState().isRunning || code.trim() === '') return
  keepDraft()
  usePlayground.setState({ isRunning: true, refusal: undefined, run: undefined, ended: undefined })
  await toTheEnd(async () => {
    const { job } = await call('servers.execute', { name: server, code })
    rememberJob(job)
    const run = { id: job.id, server, code }
    usePlayground.setState({ run })
    keep(names.run, run, 'this window')
    await follow(run)
  })
}

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
    usePlayground.setState({ isRunning: false })
  }
}
