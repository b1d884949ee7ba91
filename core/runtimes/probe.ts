import { stat } from 'node:fs/promises'
import { z } from 'zod'
import { AppError, isAppError, probeSchema } from '../../contract/index.ts'
import type { Probe } from '../../contract/index.ts'
import { childEnvironment } from '../platform/index.ts'
import { exitFailure, run } from '../process/index.ts'
import type { RunResult } from '../process/index.ts'
import { shipped } from '../shipped.ts'
import { foreignProgram } from './binary.ts'

const script = shipped('python/probe/interpreter_info.py')
const tag = '@beep-interpreter '
const answerSchema = z.object({ facts: probeSchema, missing: z.record(z.string(), z.string()) })

/** Milliseconds for an interpreter to tell what it is; a healthy one needs 40. */
const probeLimitMs = 5000

export interface ProbeOptions {
  readonly env: NodeJS.ProcessEnv
  readonly signal?: AbortSignal | undefined
  readonly timeoutMs?: number
  /** Modules to import for real. */
  readonly modules?: readonly string[]
}

export interface ProbeAnswer {
  readonly probe: Probe
  /** Module -> why it could not be imported. */
  readonly missing: Readonly<Record<string, string>>
}

/**
 * Asks an interpreter what it is: isolated, writing no bytecode, with a cleaned environment.
 * @throws PYTHON_BROKEN with the evidence, WRONG_PLATFORM for a program of another machine, CANCELLED.
 */
export async function probeInterpreter(executable: string, options: ProbeOptions): Promise<ProbeAnswer> {
  const argv = [executable, '-I', '-B', script, ...(options.modules ?? [])] as const
  let result: RunResult
  try {
    result = await run([...argv], {
      env: childEnvironment(options.env, process.platform),
      signal: options.signal,
      timeoutMs: options.timeoutMs ?? probeLimitMs,
      maxStdoutBytes: 1024 * 1024,
    })
  } catch (error) {
    if (isAppError(error, 'CANCELLED') || !isAppError(error)) throw error
    throw await notStarting(executable, error)
  }
  const text = result.lastLines.join('\n')
  if (result.exitCode !== 0) {
    const wrong = platformProblem(text) ?? (await foreignProgram(executable))
    if (wrong) throw wrongPlatform(executable, wrong, { ...result, stdout: undefined })
    // The switch came with Python 3.4.
    if (/Unknown option: -I/u.test(text))
      throw unsupported(executable, 'older than 3.4', { argv, lastLines: result.lastLines })
    throw exitFailure(`${executable} does not work as a Python: it`, evidenceOf(result), 'PYTHON_BROKEN', brokenHint)
  }
  return readAnswer(executable, result)
}

function readAnswer(executable: string, result: RunResult): ProbeAnswer {
  const line = result.stdout.split(/\r?\n/u).find((text) => text.startsWith(tag))
  const parsed = line === undefined ? undefined : answerSchema.safeParse(parseJson(line.slice(tag.length)))
  if (parsed?.success) return { probe: parsed.data.facts, missing: parsed.data.missing }
  throw new AppError('PYTHON_BROKEN', `${executable} ran, but did not answer as a Python does`, {
    hint: brokenHint,
    details: { ...evidenceOf(result), ...(parsed?.error ? { issues: parsed.error.issues } : {}) },
  })
}

const brokenHint = 'Repair or reinstall it, or use another one: `beep-host runtimes list` shows them all.'

/** Why a Python that answers cannot be used all the same. */
export function unsupported(executable: string, version: string, details: Readonly<Record<string, unknown>>): AppError {
  return new AppError('PYTHON_BROKEN', `${executable} is Python ${version}; 3.9 or newer is needed`, {
    hint: 'Get a newer one: `beep-host init`.',
    details: { executable, version, ...details },
  })
}

function evidenceOf({ argv, exitCode, signal, lastLines }: RunResult) {
  return { argv, exitCode, signal, lastLines }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const otherMachine = 'it was built for another kind of processor or system'

/** What the loader says of a program that belongs to another machine; exit codes tell nothing here. */
export function platformProblem(text: string): string | undefined {
  const glibc = /version [`'](GLIBC_[\d.]+)' not found/u.exec(text)?.[1]
  if (glibc) return `it needs ${glibc.replace('_', ' ')}, which this Linux does not have`
  if (/Bad CPU type|cannot execute binary file|Exec format error|not a valid Win32 application/iu.test(text))
    return otherMachine
  return undefined
}

async function notStarting(executable: string, error: AppError): Promise<AppError> {
  const errno = error.details?.['errno']
  const foreign = await foreignProgram(executable)
  if (foreign || errno === 'ENOEXEC' || errno === 'EBADARCH')
    return wrongPlatform(executable, foreign ?? otherMachine, error.details, error)
  // The file is there, so what is not found is the loader that it names: glibc's on a musl system, or the other way round.
  if (errno === 'ENOENT' && (await isFile(executable)))
    return wrongPlatform(executable, 'it needs another C library than this system has', error.details, error)
  return new AppError('PYTHON_BROKEN', `${executable} does not work as a Python: ${error.message}`, {
    hint: error.hint ?? brokenHint,
    details: error.details,
    cause: error,
  })
}

async function isFile(file: string): Promise<boolean> {
  return await stat(file).then(
    (facts) => facts.isFile(),
    () => false,
  )
}

function wrongPlatform(
  executable: string,
  why: string,
  details: Readonly<Record<string, unknown>> | undefined,
  cause?: unknown,
): AppError {
  return new AppError('WRONG_PLATFORM', `${executable} cannot run here: ${why}`, {
    hint: 'Get one for this machine: `beep-host init`.',
    details,
    cause,
  })
}
