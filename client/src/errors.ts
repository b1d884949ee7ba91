/** What a server answers (docs/wire.md §5). */
export type ServerErrorCode =
  | 'BAD_REQUEST'
  | 'UNAUTHORIZED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'HANDLE_NOT_FOUND'
  | 'SESSION_NOT_FOUND'
  | 'WRONG_WORKER'
  | 'METHOD_NOT_ALLOWED'
  | 'TOO_LARGE'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'PYTHON_ERROR'
  | 'PYTHON_EXIT'
  | 'HOST_FAILED'
  | 'LIMIT_EXCEEDED'
  | 'CANCELLED'
  | 'WORKER_LOST'
  | 'BUSY'
  | 'INTERNAL'
  | 'TIMEOUT'

/** What goes wrong on this side of the wire. `UNKNOWN`: the server sent a code that this version does not know. */
export type ClientErrorCode =
  | 'CONNECTION_FAILED'
  | 'CONNECTION_LOST'
  | 'CLOSED'
  | 'PROTOCOL'
  | 'HANDLE_DISPOSED'
  | 'HANDLE_FOREIGN'
  | 'UNSUPPORTED_VALUE'
  | 'ENDPOINT_NOT_FOUND'
  | 'ENDPOINT_INVALID'
  | 'UNSUPPORTED_TRANSPORT'
  | 'UNKNOWN'

export type BackendErrorCode = ServerErrorCode | ClientErrorCode

export type ErrorDetails = Readonly<Record<string, unknown>>

export interface BackendErrorOptions {
  readonly hint?: string | undefined
  readonly details?: ErrorDetails | undefined
  readonly cause?: unknown
}

// Shared by every copy of this package in a process, so that guards work where `instanceof` cannot.
const brand = Symbol.for('@beep-python/client.error')

/** Every failure of a call. `message` says what happened and to what, `hint` what to do next, `details` the evidence. */
export class BackendError extends Error {
  static {
    this.prototype.name = 'BackendError'
    Object.defineProperty(this.prototype, brand, { value: true })
  }
  readonly code: BackendErrorCode
  readonly hint: string | undefined
  readonly details: ErrorDetails

  constructor(code: BackendErrorCode, message: string, options: BackendErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.hint = options.hint
    this.details = options.details ?? {}
  }
}

/** The code raised. `message` is Python's own last line; a call of `exit()` is a `SystemExit` with its `exitCode`. */
export class PythonError extends BackendError {
  static {
    this.prototype.name = 'PythonError'
  }
  /** Qualified name of the exception's class, `ValueError` or `package.module.CustomError`. */
  readonly exceptionType: string
  /** Python's traceback, the frames of the caller's code only. */
  readonly traceback: string
  /** What the code passed to `exit()`; undefined for every other exception. */
  readonly exitCode: number | undefined

  constructor(code: 'PYTHON_ERROR' | 'PYTHON_EXIT', message: string, traceback: string, options: BackendErrorOptions) {
    super(code, message, options)
    const { exceptionType, exitCode } = this.details
    const fallback = code === 'PYTHON_EXIT' ? 'SystemExit' : (/^[\w.]+/.exec(message)?.[0] ?? 'Exception')
    this.exceptionType = typeof exceptionType === 'string' ? exceptionType : fallback
    this.traceback = traceback
    this.exitCode = typeof exitCode === 'number' ? exitCode : undefined
  }
}

/** The process that ran the code died; every handle went with it. The server answers the next call with a new one. */
export class WorkerLostError extends BackendError {
  static {
    this.prototype.name = 'WorkerLostError'
  }
  readonly signal: string | undefined
  readonly exitCode: number | undefined
  /** The last lines that the process printed, oldest first. */
  readonly lastLines: readonly string[]

  constructor(message: string, options: BackendErrorOptions = {}) {
    super('WORKER_LOST', message, options)
    const { signal, exitCode, lastLines } = this.details
    this.signal = typeof signal === 'string' ? signal : undefined
    this.exitCode = typeof exitCode === 'number' ? exitCode : undefined
    this.lastLines = Array.isArray(lastLines) ? lastLines.map(String) : []
  }
}

/** The caller's signal was aborted; `cause` is the signal's reason. */
export class CancelledError extends BackendError {
  static {
    this.prototype.name = 'CancelledError'
  }
  constructor(message: string, options: BackendErrorOptions = {}) {
    super('CANCELLED', message, options)
  }
}

/** `timeoutMs` passed without an answer; the server was asked to stop the work. */
export class TimeoutError extends BackendError {
  static {
    this.prototype.name = 'TimeoutError'
  }
  constructor(message: string, options: BackendErrorOptions = {}) {
    super('TIMEOUT', message, options)
  }
}

/** Too many requests wait for the server. This one was not begun: the same call, a little later, does no harm. */
export class BusyError extends BackendError {
  static {
    this.prototype.name = 'BusyError'
  }
  /** How many may wait; undefined where the server did not say. */
  readonly limit: number | undefined

  constructor(message: string, options: BackendErrorOptions = {}) {
    super('BUSY', message, options)
    const { limit } = this.details
    this.limit = typeof limit === 'number' ? limit : undefined
  }
}

/** No connection (`CONNECTION_FAILED`: nothing was sent), or it broke (`CONNECTION_LOST`: the work may have been done). */
export class ConnectionError extends BackendError {
  static {
    this.prototype.name = 'ConnectionError'
  }
  constructor(code: 'CONNECTION_FAILED' | 'CONNECTION_LOST', message: string, options: BackendErrorOptions = {}) {
    super(code, message, options)
  }
}

/** No token, or a wrong one. */
export class UnauthorizedError extends BackendError {
  static {
    this.prototype.name = 'UnauthorizedError'
  }
  constructor(message: string, options: BackendErrorOptions = {}) {
    super('UNAUTHORIZED', message, options)
  }
}

/** True for an error of this package, of any copy of it, and with one of the codes where codes are given. */
export function isBackendError(thrown: unknown, ...codes: readonly BackendErrorCode[]): thrown is BackendError {
  if (!isBranded(thrown)) return false
  return codes.length === 0 || codes.includes(thrown.code)
}

function isBranded(thrown: unknown): thrown is BackendError {
  return thrown instanceof Error && brand in thrown
}
