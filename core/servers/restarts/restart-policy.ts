import { isAppError } from '../../../contract/index.ts'
import type { ErrorCode, RestartPolicy } from '../../../contract/index.ts'

export const restartRules = {
  /** Milliseconds before the first start; twice as many before each further one. */
  firstMs: 1000,
  /** Milliseconds: no wait is longer, jitter aside. */
  mostMs: 30_000,
  /** The part of a wait that is left to chance, so that servers which fell together do not rise together. */
  jitter: 0.25,
  /** Starts, after which it gives up. They take half a minute of waiting: what has not come right by then needs somebody. */
  most: 5,
  /** Milliseconds that a server has to run before what was is forgotten. Shorter, and one that dies each minute would never be given up. */
  healthyMs: 5 * 60_000,
} as const

/** The starts of a row of failures so far. */
export interface RestartCount {
  readonly attempt: number
  /** Milliseconds on the clock: when the first of these failures was seen. */
  readonly since: number
}

export interface Ending {
  readonly policy: RestartPolicy
  readonly error: unknown
  /** Milliseconds that it had run; undefined: it never came to that. */
  readonly ranMs: number | undefined
  /** Undefined: no row of failures goes on. */
  readonly count: RestartCount | undefined
  /** Milliseconds on the clock. */
  readonly now: number
  /** From 0 to 1. */
  readonly chance: number
}

/** `stay`: it is not the policy's business, or it would be in vain. */
export type RestartVerdict =
  | { readonly kind: 'again'; readonly delayMs: number; readonly count: RestartCount }
  | { readonly kind: 'give-up'; readonly count: RestartCount; readonly tookMs: number }
  | { readonly kind: 'stay' }

/** What becomes of a server that has ended, or did not start. */
export function judgeEnding({ policy, error, ranMs, count, now, chance }: Ending): RestartVerdict {
  if (policy === 'never') return { kind: 'stay' }
  const row = ranMs !== undefined && ranMs >= restartRules.healthyMs ? undefined : count
  // Of a start that somebody asked for, that one is told; the policy cares for what had run.
  if (ranMs === undefined && (row === undefined || !mayPass(error))) return { kind: 'stay' }
  const { attempt, since } = row ?? { attempt: 0, since: now }
  if (attempt >= restartRules.most) return { kind: 'give-up', count: { attempt, since }, tookMs: now - since }
  return {
    kind: 'again',
    delayMs: restartDelayMs(attempt + 1, chance),
    count: { attempt: attempt + 1, since },
  }
}

/** Milliseconds to wait before a start. @param attempt from 1 @param chance from 0 to 1 */
export function restartDelayMs(attempt: number, chance: number): number {
  const { firstMs, mostMs, jitter } = restartRules
  const nominal = Math.min(firstMs * 2 ** (attempt - 1), mostMs)
  return Math.round(nominal * (1 - jitter + 2 * jitter * chance))
}

/** Failures of a start that another try may not meet. Whatever has another code has a reason that stays until somebody does something. */
const passing: readonly ErrorCode[] = ['SERVER_FAILED', 'TIMEOUT', 'SPAWN_FAILED', 'PROCESS_FAILED']
/** What a process says when it will never start like this. */
const lastingReasons: readonly unknown[] = ['BAD_REQUEST', 'PYTHON_TOO_OLD', 'UNSUPPORTED']
/** The system has not enough of something right now. */
const passingErrnos: readonly unknown[] = ['EAGAIN', 'ENOMEM', 'EMFILE', 'ENFILE', 'ETXTBSY', 'EBUSY']

/** Whether a start that failed so may succeed when it is tried again. */
export function mayPass(error: unknown): boolean {
  if (!isAppError(error, ...passing)) return false
  const { reason, errno } = error.details ?? {}
  return error.code === 'SPAWN_FAILED' ? passingErrnos.includes(errno) : !lastingReasons.includes(reason)
}
