import type { ErrorCode } from './errors.ts'

/** What the terminal door answers to the shell. */
export const exitCodes = {
  done: 0,
  failed: 1,
  usage: 2,
  notFound: 3,
  conflict: 4,
  timedOut: 5,
  interrupted: 130,
} as const

const byError: Partial<Record<ErrorCode, number>> = {
  UNKNOWN_COMMAND: exitCodes.usage,
  INVALID_PARAMS: exitCodes.usage,
  UNSUPPORTED: exitCodes.usage,
  NOT_FOUND: exitCodes.notFound,
  PYTHON_MISSING: exitCodes.notFound,
  SESSION_NOT_FOUND: exitCodes.notFound,
  NAME_TAKEN: exitCodes.conflict,
  IN_USE: exitCodes.conflict,
  PROTECTED: exitCodes.conflict,
  ALREADY_RUNNING: exitCodes.conflict,
  PORT_IN_USE: exitCodes.conflict,
  LOCKED: exitCodes.conflict,
  TIMEOUT: exitCodes.timedOut,
  CANCELLED: exitCodes.interrupted,
}

/** The exit code for a failure; whatever has no code of its own is a plain 1. */
export function exitCodeOf(code: ErrorCode): number {
  return byError[code] ?? exitCodes.failed
}
