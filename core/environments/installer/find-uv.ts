import { stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import path from 'node:path'
import { isAppError } from '../../../contract/index.ts'
import { childEnvironment } from '../../platform/index.ts'
import { run } from '../../process/index.ts'
import { atLeast } from './versions.ts'

export interface Uv {
  readonly executable: string
  readonly version: string
}

/** The first with UV_DEFAULT_INDEX and UV_INDEX, through which the user's pip settings are handed on. Source: uv's changelog. */
const oldestUsable = [0, 4, 23] as const
const versionMs = 10_000

/**
 * Where uv may be: what the user's UV names, PATH, and the places that its installers use, for programs started from a
 * desktop get a short PATH.
 */
export function uvCandidates(env: NodeJS.ProcessEnv, platform: NodeJS.Platform, home: string): string[] {
  const paths = platform === 'win32' ? path.win32 : path.posix
  const file = platform === 'win32' ? 'uv.exe' : 'uv'
  const searchPath = env['PATH'] ?? env['Path'] ?? ''
  const folders = [
    ...searchPath.split(paths.delimiter).filter((folder) => paths.isAbsolute(folder)),
    paths.join(home, '.local', 'bin'),
    paths.join(home, '.cargo', 'bin'),
    ...(platform === 'win32' ? [] : ['/opt/homebrew/bin', '/usr/local/bin']),
  ]
  const named = env['UV'] && paths.isAbsolute(env['UV']) ? [env['UV']] : []
  return [...new Set([...named, ...folders.map((folder) => paths.join(folder, file))])]
}

/**
 * A finder that remembers what each file said of itself until the file changes; a uv that was just installed is found at
 * once. One that does not start (a shim without a version behind it) or is too old is passed over.
 */
export function createUvFinder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): () => Promise<Uv | undefined> {
  const asked = new Map<string, Promise<string | undefined>>()
  const home = env['HOME'] ?? env['USERPROFILE'] ?? homedir()
  const child = childEnvironment(env, platform)
  return async () => {
    for (const executable of uvCandidates(env, platform, home)) {
      const facts = await stat(executable).catch(() => undefined)
      if (!facts?.isFile()) continue
      const key = `${executable}\0${facts.mtimeMs}`
      let answer = asked.get(key)
      if (!answer) asked.set(key, (answer = askVersion(executable, child)))
      const version = await answer
      if (version !== undefined && atLeast(version, ...oldestUsable)) return { executable, version }
    }
    return undefined
  }
}

async function askVersion(executable: string, env: Readonly<Record<string, string>>): Promise<string | undefined> {
  try {
    const { exitCode, stdout } = await run([executable, '--version'], { env, timeoutMs: versionMs })
    return exitCode === 0 ? /^uv (\S+)/u.exec(stdout)?.[1] : undefined
  } catch (error) {
    if (isAppError(error)) return undefined
    throw error
  }
}
