import { AppError } from '../../contract/index.ts'

/** Milliseconds from launch to the first answer. A cold disk and a security program can take most of it. */
const usualMs = 30_000

/** A signal for one start: it comes when the caller cancels, or when the time is over, each with its error as reason. */
export interface StartDeadline {
  readonly signal: AbortSignal
  readonly clear: () => void
}

/** `BEEP_SERVER_START_MS` overrides the usual time. */
export function startMs(env: NodeJS.ProcessEnv): number {
  const given = Number(env['BEEP_SERVER_START_MS'])
  return Number.isFinite(given) && given > 0 ? given : usualMs
}

export function cancelledStart(server: string): AppError {
  return new AppError('CANCELLED', `The start of server ${server} was cancelled`)
}

export function startDeadline(
  server: string,
  cancel: AbortSignal,
  env: NodeJS.ProcessEnv,
  lastLines: () => readonly string[],
): StartDeadline {
  const abort = new AbortController()
  const ms = startMs(env)
  const onCancel = () => abort.abort(cancelledStart(server))
  const timer = setTimeout(() => {
    abort.abort(
      new AppError('TIMEOUT', `Server ${server} was not ready within ${ms / 1000} s`, {
        hint: `See \`beep-host logs ${server}\`. On a slow machine set BEEP_SERVER_START_MS to more milliseconds.`,
        details: { ms, lastLines: lastLines() },
      }),
    )
  }, ms)
  cancel.addEventListener('abort', onCancel, { once: true })
  if (cancel.aborted) onCancel()
  return {
    signal: abort.signal,
    clear: () => {
      clearTimeout(timer)
      cancel.removeEventListener('abort', onCancel)
    },
  }
}
