import { rm } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { AppError } from '../../contract/index.ts'
import type { Runtime } from '../../contract/index.ts'
import { childEnvironment, environmentExecutable } from '../platform/index.ts'
import { exitFailure, run } from '../process/index.ts'
import type { RunResult } from '../process/index.ts'
import { hintFor } from './installer/hints.ts'
import type { Room } from './room.ts'

/** Both take a fraction of a second; more than this is a machine in trouble. */
const makeMs = 120_000
const startMs = 60_000

/** What an environment's interpreter says of itself, as one line of JSON. */
const question =
  'import json, sys; print(json.dumps({"prefix": sys.prefix, "basePrefix": sys.base_prefix, "version": sys.version.split()[0]}))'
const answerSchema = z.object({ prefix: z.string(), basePrefix: z.string(), version: z.string() })

/** `3.12` of `3.12.14`. */
export function featureVersion(version: string): string {
  return version.split('.').slice(0, 2).join('.')
}

/**
 * Makes an empty virtual environment in a folder that is there already. uv where there is one, else the runtime's own venv
 * module, without pip: copying pip in takes seconds and is not needed (the runtime's pip serves it from outside).
 * @throws PYTHON_BROKEN with the evidence
 */
export async function makeVenv(room: Room, root: string, runtime: Runtime, signal: AbortSignal): Promise<void> {
  const uv = await room.tools.findUv()
  const tries: [string, ...string[]][] = []
  if (uv) tries.push([uv.executable, 'venv', root, '--python', runtime.executable, '--no-project', '--allow-existing'])
  tries.push([runtime.executable, '-I', '-X', 'utf8', '-m', 'venv', '--without-pip', root])
  // Settings of uv that would make another kind of environment than asked for, or clash with `--allow-existing`.
  const extra = { UV_VENV_CLEAR: undefined, UV_VENV_SEED: undefined, UV_VENV_RELOCATABLE: undefined, NO_COLOR: '1' }
  const env = childEnvironment(room.env, room.platform, { installer: true, extra })
  let result: RunResult | undefined
  for (const argv of tries) {
    result = await run(argv, { env, cwd: root, signal, timeoutMs: makeMs })
    if (result.exitCode === 0) return
    // What uv could not do must not lie in the way of the next.
    for (const part of ['pyvenv.cfg', 'bin', 'Scripts'])
      await rm(path.join(root, part), { recursive: true, force: true })
  }
  if (!result) return
  const hint =
    hintFor(result.lastLines)?.hint ?? 'Choose another runtime, or install a managed one with `beep-host init`.'
  throw exitFailure(`Making a virtual environment with ${runtime.executable}`, result, 'PYTHON_BROKEN', hint)
}

/**
 * Starts an environment's interpreter once.
 * @returns its version.
 * @throws PYTHON_BROKEN when it does not start, or is not the interpreter of an environment.
 */
export async function checkStarts(room: Room, root: string, signal: AbortSignal): Promise<string> {
  const argv = [environmentExecutable(root, room.platform), '-I', '-X', 'utf8', '-c', question] as const
  const env = childEnvironment(room.env, room.platform)
  const result = await run([...argv], { env, cwd: root, signal, timeoutMs: startMs })
  const hint = 'Choose another runtime, or install a managed one with `beep-host init`.'
  if (result.exitCode !== 0) throw exitFailure(`The interpreter of ${root}`, result, 'PYTHON_BROKEN', hint)
  const answer = parseAnswer(result.stdout)
  if (answer && answer.prefix !== answer.basePrefix) return answer.version
  throw new AppError('PYTHON_BROKEN', `The interpreter of ${root} does not know that it belongs to an environment`, {
    hint,
    details: { argv, stdout: result.stdout.slice(0, 2000) },
  })
}

function parseAnswer(stdout: string): z.output<typeof answerSchema> | undefined {
  try {
    return answerSchema.parse(JSON.parse(stdout))
  } catch {
    return undefined
  }
}
