import { AppError } from '../../contract/index.ts'
import type { ErrorCode } from '../../contract/index.ts'
import { describeExit } from '../process/index.ts'
import type { ExitEvidence } from '../process/index.ts'
import type { LaunchedRole, Refusal } from './ready-line.ts'

/** What a process is called in a sentence. */
const titles: Readonly<Record<LaunchedRole, string>> = {
  pool: 'Python process',
  http: 'HTTP front',
  rpc: 'gRPC front',
}

/** Known last words, and what to do about them. First match wins. */
const remedies: readonly (readonly [RegExp, string])[] = [
  [
    /No module named '?(fastapi|uvicorn|starlette|pydantic|h11|anyio|grpc|grpc_health|grpc_reflection|google)\b/u,
    'The admin environment is incomplete: run `beep-host venv admin`, which repairs it.',
  ],
  [/can't open file .*__main__\.py/u, 'A file of this program is missing: install it again.'],
  [
    /No module named '?encodings|init_fs_encoding|Failed to import encodings/u,
    'This Python is broken: run `beep-host doctor`, and make the environment again on another Python.',
  ],
  [
    /No module named |ImportError|DLL load failed/u,
    'A package does not load in this environment: the last lines tell which one.',
  ],
  [/MemoryError|Cannot allocate memory/u, 'The machine is out of memory: stop what you can spare, and try again.'],
  [/No space left on device|\[Errno 28\]/u, 'The disk is full: free some space, and try again.'],
]

export function remedyFor(lastLines: readonly string[]): string | undefined {
  const text = lastLines.join('\n')
  return remedies.find(([pattern]) => pattern.test(text))?.[1]
}

/** Exit codes with a meaning of their own on the way out. */
const refusalCodes: Readonly<Record<string, ErrorCode>> = { PORT_IN_USE: 'PORT_IN_USE', UNSUPPORTED: 'UNSUPPORTED' }

/** A process that ended without ever being ready. Any exit code is a failure here, 0 too. */
export function endedBeforeReady(server: string, role: LaunchedRole, evidence: ExitEvidence): AppError {
  return failure(
    `The ${titles[role]} of server ${server} ${describeExit(evidence.exitCode, evidence.signal)} before it was ready`,
    { role, ...evidence },
    evidence.lastLines,
  )
}

/** A process that was ready once, and ended without being asked to. `why` is what it said of it itself. */
export function endedByItself(server: string, role: LaunchedRole, evidence: ExitEvidence, why?: string): AppError {
  return failure(
    `The ${titles[role]} of server ${server} ${describeExit(evidence.exitCode, evidence.signal)}`,
    { role, ...evidence },
    evidence.lastLines,
    `See \`beep-host logs ${server}\`, and start it again.`,
    why,
  )
}

/** A process that said itself why it cannot start. */
export function refusedToStart(server: string, role: LaunchedRole, refusal: Refusal, evidence: ExitEvidence): AppError {
  const message = `Server ${server} could not start: ${refusal.message}`
  return new AppError(refusalCodes[refusal.code] ?? 'SERVER_FAILED', message, {
    hint: refusal.hint ?? remedyFor([refusal.message, ...evidence.lastLines]),
    details: { ...refusal.details, reason: refusal.code, role, ...evidence },
  })
}

export function badReadyLine(server: string, role: LaunchedRole, problem: string, evidence: ExitEvidence): AppError {
  return new AppError(
    'SERVER_FAILED',
    `The ${titles[role]} of server ${server} announced itself in a way this host does not understand: ${problem}`,
    {
      hint: 'The host and its Python files are of different versions: install the program again.',
      details: { role, ...evidence },
    },
  )
}

function failure(
  message: string,
  details: Readonly<Record<string, unknown>>,
  lastLines: readonly string[],
  otherwise?: string,
  why?: string,
): AppError {
  const last = why ?? lastLines.findLast((line) => line.trim() !== '')
  return new AppError('SERVER_FAILED', last === undefined ? message : `${message}: ${last.trim()}`, {
    hint: remedyFor(lastLines) ?? otherwise,
    details,
  })
}
