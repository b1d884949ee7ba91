import { statSync } from 'node:fs'
import { AppError } from '../../contract/index.ts'
import type { ErrorCode } from '../../contract/index.ts'

/** How a process ended, in words. */
export function describeExit(exitCode: number | null | undefined, signal: string | null | undefined): string {
  if (signal) return `was ended by ${signal}`
  return exitCode === null || exitCode === undefined ? 'ended' : `ended with exit code ${exitCode}`
}

const spawnHints: Record<string, string> = {
  ENOENT: 'Check that the file still exists; if it is a Python, run `beep-host doctor`.',
  EACCES: 'Check that the file may be executed; a security program or policy may forbid it.',
  EPERM: 'A security program or policy forbids it.',
  UNKNOWN: 'A Windows policy blocks this program. Ask IT to allow it, or choose another Python.',
  E2BIG: 'The command line is longer than this system takes.',
  ENOEXEC: 'The file is not a program for this machine.',
}

/** A program that could not even be started. `cwd` is the folder it should have run in, where one was named. */
export function spawnFailure(argv: readonly string[], thrown: unknown, cwd?: string): AppError {
  const errno = thrown instanceof Error ? ((thrown as NodeJS.ErrnoException).code ?? '') : ''
  const text = thrown instanceof Error ? thrown.message.split('\n')[0] : String(thrown)
  const program = argv[0] ?? 'a program'
  // The system says ENOENT for a missing program and for a missing folder alike.
  if (cwd !== undefined && !isFolder(cwd)) {
    return new AppError('SPAWN_FAILED', `Could not start ${program} in ${cwd}: there is no such folder`, {
      details: { argv, errno, cwd },
      cause: thrown,
    })
  }
  return new AppError('SPAWN_FAILED', `Could not start ${program}: ${errno || text}`, {
    hint: spawnHints[errno],
    details: { argv, errno },
    cause: thrown,
  })
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}

export interface ExitEvidence {
  readonly argv: readonly string[]
  readonly exitCode: number | null
  readonly signal: string | null
  readonly lastLines: readonly string[]
}

/** A program that ended badly, with its evidence. `what` is the work it was doing: "`pip install numpy`". */
export function exitFailure(
  what: string,
  evidence: ExitEvidence,
  code: ErrorCode = 'PROCESS_FAILED',
  hint?: string,
): AppError {
  const last = evidence.lastLines.findLast((line) => line.trim() !== '')
  return new AppError(
    code,
    `${what} ${describeExit(evidence.exitCode, evidence.signal)}${last ? `: ${last.trim()}` : ''}`,
    {
      hint,
      details: { ...evidence },
    },
  )
}
