import { z } from 'zod'

/**
 * Every way in which a command can fail, as data. A code is stable; programs match on it, never on the message.
 * The command line derives its exit code from it (exit-codes.ts).
 */
export const errorCodes = [
  // The request itself
  'UNKNOWN_COMMAND',
  'INVALID_PARAMS',
  'UNAUTHORIZED',
  'FORBIDDEN',
  'UNSUPPORTED',
  // The thing it names
  'NOT_FOUND',
  'NAME_TAKEN',
  'IN_USE',
  'PROTECTED',
  'ALREADY_RUNNING',
  'NOT_RUNNING',
  'PORT_IN_USE',
  'LOCKED',
  // The machine
  'DISK_FULL',
  'PERMISSION_DENIED',
  'FILE_UNREADABLE',
  'PATH_UNUSABLE',
  // Getting Python and packages
  'NETWORK',
  'BLOCKED_PAGE',
  'DOWNLOAD_NOT_FOUND',
  'HASH_MISMATCH',
  'ARCHIVE_INVALID',
  'WRONG_PLATFORM',
  'PYTHON_BROKEN',
  'PYTHON_MISSING',
  'PACKAGES_FAILED',
  // Child processes and servers
  'SPAWN_FAILED',
  'PROCESS_FAILED',
  'SERVER_FAILED',
  'TIMEOUT',
  'CANCELLED',
  // What a server answers (docs/wire.md §5)
  'PYTHON_ERROR',
  'PYTHON_EXIT',
  'HANDLE_NOT_FOUND',
  'SESSION_NOT_FOUND',
  'WRONG_WORKER',
  'LIMIT_EXCEEDED',
  'WORKER_LOST',
  'BUSY',
  'BAD_REQUEST',
  // Ours
  'HOST_UNREACHABLE',
  'INTERNAL',
] as const

export const errorCodeSchema = z.enum(errorCodes)
export type ErrorCode = z.infer<typeof errorCodeSchema>

/** A failure on its way across a border. `message` says what happened and to what, `hint` what to do next. */
export const errorInfoSchema = z.object({
  code: errorCodeSchema,
  message: z.string(),
  hint: z.string().optional(),
  /** Evidence: argv, exitCode, signal, lastLines, url, path, neededBytes … */
  details: z.record(z.string(), z.unknown()).optional(),
})
export type ErrorInfo = z.infer<typeof errorInfoSchema>

export interface AppErrorOptions {
  readonly hint?: string | undefined
  readonly details?: Readonly<Record<string, unknown>> | undefined
  readonly cause?: unknown
}

/** The only error that code throws on purpose for an expected failure; anything else is a bug and becomes INTERNAL. */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  readonly hint: string | undefined
  readonly details: Readonly<Record<string, unknown>> | undefined

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.hint = options.hint
    this.details = options.details
  }
}

/** The data form of any thrown thing. What is no AppError is a bug: code INTERNAL, its text kept for the report. */
export function toErrorInfo(thrown: unknown): ErrorInfo {
  if (thrown instanceof AppError) {
    return {
      code: thrown.code,
      message: thrown.message,
      ...(thrown.hint === undefined ? {} : { hint: thrown.hint }),
      ...(thrown.details === undefined ? {} : { details: { ...thrown.details } }),
    }
  }
  return {
    code: 'INTERNAL',
    message: `Internal error: ${textOf(thrown)}`,
    hint: 'Please report this; the host log has the details.',
  }
}

/** Anything can be thrown, even what cannot be turned into text. */
function textOf(thrown: unknown): string {
  try {
    return thrown instanceof Error ? thrown.message : String(thrown)
  } catch {
    return 'something without a text was thrown'
  }
}

/** The throwable form of an error that arrived as data. */
export function fromErrorInfo(info: ErrorInfo): AppError {
  return new AppError(info.code, info.message, { hint: info.hint, details: info.details })
}

/** True for an AppError with one of these codes: the way to expect a failure. */
export function isAppError(thrown: unknown, ...codes: readonly ErrorCode[]): thrown is AppError {
  return thrown instanceof AppError && (codes.length === 0 || codes.includes(thrown.code))
}
