import { isAppError } from '../../../contract/index.ts'
import { childEnvironment } from '../../platform/index.ts'
import { run } from '../../process/index.ts'
import type { Room } from '../room.ts'

/** pip's settings for `install`, by option name, the strongest source winning. */
export type PipOptions = ReadonlyMap<string, string>

const askMs = 30_000

/**
 * Reads what `pip config list` prints: `global.index-url='https://…'`, the value as a Python string literal. For an install
 * the environment beats `[install]`, and that beats `[global]` (pip's own order).
 */
export function parsePipConfiguration(text: string): PipOptions {
  const bySection: Record<string, Map<string, string>> = { global: new Map(), install: new Map(), ':env:': new Map() }
  for (const line of text.split(/\r?\n/u)) {
    const [, section = '', option = '', literal = ''] = /^(global|install|:env:)\.([\w-]+)=(.*)$/u.exec(line) ?? []
    const value = pythonString(literal)
    if (value !== undefined && value.trim() !== '') bySection[section]?.set(option.replaceAll('_', '-'), value)
  }
  return new Map([...bySection['global']!, ...bySection['install']!, ...bySection[':env:']!])
}

/** A Python string literal as `repr` writes it. */
export function pythonString(literal: string): string | undefined {
  const body = /^(['"])(.*)\1$/su.exec(literal.trim())?.[2]
  const simple: Record<string, string> = { n: '\n', r: '\r', t: '\t' }
  return body?.replaceAll(/\\(x[\da-f]{2}|u[\da-f]{4}|U[\da-f]{8}|.)/gsu, (_all, escaped: string) =>
    /^[xuU]./u.test(escaped)
      ? String.fromCodePoint(Number.parseInt(escaped.slice(1), 16))
      : (simple[escaped] ?? escaped),
  )
}

/** The same from the variables alone, for a machine where no pip is there to be asked. */
export function pipOptionsFrom(env: NodeJS.ProcessEnv): PipOptions {
  return new Map(
    Object.entries(env)
      .filter(([name, value]) => /^PIP_[A-Z_]+$/u.test(name) && value)
      .map(([name, value]) => [name.slice(4).toLowerCase().replaceAll('_', '-'), value!]),
  )
}

/** The user's pip settings, asked of the pip of `base`, else of any Python that has one: it alone knows all its files. */
export async function readPipOptions(room: Room, base: string, signal: AbortSignal): Promise<PipOptions> {
  const env = childEnvironment(room.env, room.platform, { installer: true })
  for (const interpreter of await pipOwners(room, base)) {
    const argv: [string, ...string[]] = [interpreter, '-I', '-X', 'utf8', '-m', 'pip', 'config', 'list']
    const result = await run(argv, { env, signal, timeoutMs: askMs }).catch((error: unknown) => {
      if (isAppError(error, 'CANCELLED')) throw error
    })
    if (result?.exitCode === 0) return parsePipConfiguration(result.stdout)
  }
  return pipOptionsFrom(env)
}

/** Interpreters whose pip can be asked: that of `base`, else of any Python that has one. */
export async function pipOwners(room: Room, base: string): Promise<string[]> {
  if ((await room.tools.pipVersion(base)) !== undefined) return [base]
  const others = await room.runtimes.list()
  const owner = others.find((runtime) => runtime.state === 'ready' && runtime.probe?.hasPip)
  return owner ? [owner.executable] : []
}
