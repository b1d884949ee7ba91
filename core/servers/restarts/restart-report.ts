import { AppError, isAppError } from '../../../contract/index.ts'
import { restartRules } from './restart-policy.ts'
import type { RestartVerdict } from './restart-policy.ts'

/** What the log says of a server that has ended, beside why. Undefined: nothing. */
export function describeVerdict(verdict: RestartVerdict): string | undefined {
  if (verdict.kind !== 'again') return undefined
  const seconds = Math.max(0.1, verdict.delayMs / 1000)
  const shown = seconds < 10 ? seconds.toFixed(1) : seconds.toFixed(0)
  return `starts again in ${shown} s (${verdict.count.attempt} of ${restartRules.most})`
}

/** The last failure of a row, which says that it was the last. */
export function gaveUp(error: unknown, starts: number, tookMs: number): AppError {
  const said = `gave up after ${starts} starts in ${Math.round(tookMs / 1000)} s`
  const last = isAppError(error) ? error : undefined
  return new AppError(last?.code ?? 'INTERNAL', `${said}: ${error instanceof Error ? error.message : String(error)}`, {
    hint: last?.hint,
    details: { ...last?.details, starts, tookMs: Math.round(tookMs) },
    cause: error,
  })
}
