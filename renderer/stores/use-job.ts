import { useCallback, useEffect, useRef, useState } from 'react'
import { AppError, fromErrorInfo, toErrorInfo } from '../../contract/index.ts'
import type { CommandParams, CommandResult, ErrorInfo, Job, JobCommandName } from '../../contract/index.ts'
import { call } from './call.ts'
import { rememberJob, useJobs } from './jobs.ts'

/** Jobs whose failure is shown where they were started: no notification repeats it. */
const shownInPlace = new Set<string>()

export function isShownInPlace(id: string): boolean {
  return shownInPlace.has(id)
}

/** For a place that shows a job which it did not start. Returns the way to stop. */
export function showInPlace(id: string): () => void {
  shownInPlace.add(id)
  return () => shownInPlace.delete(id)
}

/**
 * Settles with the ended job, nothing left out of it. Rejects when the host forgets the job, as it does when it ends: nobody will tell how it went.
 */
export function jobEnded(id: string): Promise<Job> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const job = useJobs.getState().jobs.find((one) => one.id === id)
      if (job?.state === 'running') return
      stop()
      if (job) resolve(job.isAbridged ? call('jobs.get', { id }) : job)
      else
        reject(
          new AppError('HOST_UNREACHABLE', 'The host ended before this was done', {
            hint: 'Look at how things stand now, and start it again if need be.',
          }),
        )
    }
    const stop = useJobs.subscribe(look)
    look()
  })
}

export interface JobControls<N extends JobCommandName> {
  /** Starts it and follows it to the end: its result, or undefined when it failed or was cancelled (`error` says why). */
  readonly run: (params: CommandParams<N>) => Promise<CommandResult<N> | undefined>
  readonly cancel: () => void
  /** The job as it stands; undefined before the first. */
  readonly job: Job | undefined
  readonly isRunning: boolean
  /** Why the last one failed. A cancel is no failure. */
  readonly error: ErrorInfo | undefined
  readonly clear: () => void
  /** False once the place that started it has gone: what would move the user on must not happen any more. */
  readonly isHere: () => boolean
}

/**
 * Runs a job command and follows it. A failure is in `error`, for the place that started it; after that place has gone,
 * a notification tells it.
 */
export function useJob<N extends JobCommandName>(command: N): JobControls<N> {
  const [id, setId] = useState<string>()
  const [isAsking, setAsking] = useState(false)
  const [error, setError] = useState<ErrorInfo>()
  const current = useRef<string>(undefined)
  /** Ends the wait for a job that goes on for somebody else. */
  const leave = useRef(() => {})
  const job = useJobs((state) => state.jobs.find((one) => one.id === id))

  const here = useRef(false)
  useEffect(() => {
    here.current = true
    return () => {
      here.current = false
      if (current.current !== undefined) shownInPlace.delete(current.current)
    }
  }, [])

  const run = useCallback(
    async (params: CommandParams<N>): Promise<CommandResult<N> | undefined> => {
      current.current = undefined
      setError(undefined)
      setAsking(true)
      try {
        // Every job command answers `{ job }`; the compiler cannot see it through the open N.
        const { job: started } = (await call(command, params)) as { readonly job: Job }
        current.current = started.id
        if (here.current) shownInPlace.add(started.id)
        rememberJob(started)
        setId(started.id)
        const left = new Promise<undefined>((resolve) => {
          leave.current = () => resolve(undefined)
        })
        const ended = await Promise.race([jobEnded(started.id), left])
        if (ended === undefined) return undefined
        if (ended.state === 'succeeded') return ended.result as CommandResult<N>
        if (ended.state === 'failed' && ended.error) throw fromErrorInfo(ended.error)
        return undefined
      } catch (thrown) {
        setError(toErrorInfo(thrown))
        return undefined
      } finally {
        if (current.current !== undefined) shownInPlace.delete(current.current)
        setAsking(false)
      }
    },
    [command],
  )
  const cancel = useCallback(() => {
    const mine = useJobs.getState().jobs.find((one) => one.id === current.current)
    if (mine?.state !== 'running') return
    void call('jobs.cancel', { id: mine.id, release: true }).then(
      (asked) => asked.state === 'running' && !asked.isCancelling && leave.current(),
      () => {},
    )
  }, [])
  const clear = useCallback(() => {
    setError(undefined)
    setId(undefined)
  }, [])
  const isHere = useCallback(() => here.current, [])
  return { run, cancel, job, isRunning: isAsking, error, clear, isHere }
}
