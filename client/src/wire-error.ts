import {
  BackendError,
  BusyError,
  CancelledError,
  PythonError,
  TimeoutError,
  UnauthorizedError,
  WorkerLostError,
} from './errors.ts'
import type { BackendErrorCode, BackendErrorOptions, ServerErrorCode } from './errors.ts'
import { isJsonObject } from './values/json.ts'
import type { JsonObject } from './values/json.ts'

const statusOf: Readonly<Record<ServerErrorCode, number>> = {
  BAD_REQUEST: 400,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  HANDLE_NOT_FOUND: 404,
  SESSION_NOT_FOUND: 404,
  WRONG_WORKER: 421,
  METHOD_NOT_ALLOWED: 405,
  TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  PYTHON_ERROR: 422,
  PYTHON_EXIT: 422,
  HOST_FAILED: 409,
  LIMIT_EXCEEDED: 429,
  CANCELLED: 499,
  WORKER_LOST: 502,
  BUSY: 503,
  INTERNAL: 500,
  TIMEOUT: 504,
}

function isServerCode(code: unknown): code is ServerErrorCode {
  return typeof code === 'string' && Object.hasOwn(statusOf, code)
}

/** The code for an answer that carries none, such as one from a proxy in between. */
function codeOfStatus(status: number | undefined): BackendErrorCode {
  for (const [code, known] of Object.entries(statusOf)) if (known === status && isServerCode(code)) return code
  return 'PROTOCOL'
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/**
 * The error that a reply stands for; never throws, whatever the reply holds.
 * @param status the HTTP status where there is one; it gives the code when the reply does not.
 */
export function errorFromWire(reply: JsonObject, status?: number): BackendError {
  const sent = reply['code']
  const code = isServerCode(sent) ? sent : typeof sent === 'string' ? 'UNKNOWN' : codeOfStatus(status)
  const message =
    text(reply['message']) ??
    text(reply['error']) ??
    text(reply['detail']) ??
    `The server refused the call${status === undefined ? '' : ` with status ${status}`} and gave no reason.`
  const details = isJsonObject(reply['details']) ? reply['details'] : {}
  const options: BackendErrorOptions = {
    hint: text(reply['hint']),
    details: code === 'UNKNOWN' ? { ...details, serverCode: sent } : details,
  }
  switch (code) {
    case 'PYTHON_ERROR':
    case 'PYTHON_EXIT':
      return new PythonError(code, message, text(reply['traceback']) ?? '', options)
    case 'WORKER_LOST':
      return new WorkerLostError(message, options)
    case 'BUSY':
      return new BusyError(message, options)
    case 'CANCELLED':
      return new CancelledError(message, options)
    case 'TIMEOUT':
      return new TimeoutError(message, options)
    case 'UNAUTHORIZED':
      return new UnauthorizedError(message, options)
    default:
      return new BackendError(code, message, options)
  }
}
