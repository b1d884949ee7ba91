import type { BackendErrorOptions, ErrorDetails } from '../errors.ts'
import { isJsonObject } from '../values/json.ts'

/**
 * A command that failed. `code` is the host's own (docs/errors.md), or one of this side: INSTANCE_INVALID,
 * CONNECTION_FAILED, CONNECTION_LOST, CANCELLED, TIMEOUT, CLOSED, PROTOCOL.
 */
export class ControlError extends Error {
  static {
    this.prototype.name = 'ControlError'
  }
  readonly code: string
  readonly hint: string | undefined
  readonly details: ErrorDetails

  constructor(code: string, message: string, options: BackendErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.hint = options.hint
    this.details = options.details ?? {}
  }
}

/** The error that an answer of the host holds, or undefined when it holds none. */
export function controlErrorFrom(answer: unknown): ControlError | undefined {
  const error = isJsonObject(answer) ? answer['error'] : undefined
  if (!isJsonObject(error) || typeof error['code'] !== 'string') return undefined
  const { code, message, hint, details } = error
  return new ControlError(code, typeof message === 'string' ? message : `The command failed with ${code}.`, {
    hint: typeof hint === 'string' ? hint : undefined,
    details: isJsonObject(details) ? details : undefined,
  })
}
