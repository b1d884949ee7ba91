import { stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import path from 'node:path'
import { isAppError } from '../../../contract/index.ts'
import type { UnusableUv, UvOrigin } from '../../../contract/index.ts'
import { childEnvironment } from '../../platform/index.ts'
import { run } from '../../process/index.ts'
import { atLeast } from './versions.ts'

export interface Uv {
  readonly executable: string
  readonly version: string
}

/** A place where uv may be. */
export interface UvCandidate {
  readonly executable: string
  readonly origin: UvOrigin
}

export interface UvSurvey {
  readonly uv: (Uv & { readonly origin: UvOrigin }) | undefined
  /** What was met before it and cannot be used. */
  readonly unusable: readonly UnusableUv[]
}

/** The first with UV_DEFAULT_INDEX and UV_INDEX, through which the user's pip settings are handed on. Source: uv's changelog. */
export const oldestUv = '0.4.23'
const versionMs = 10_000

export function isUsableUv(version: string): boolean {
  return atLeast(version, ...oldestUv.split('.').map(Number))
}

/**
 * Where uv may be: what the user's UV names, PATH, and the places that its installers use, for programs started from a
 * desktop get a short PATH. One that we have got comes last: what the user has chosen for this machine counts before it, and
 * the desktop and the terminal must not choose differently.
 */
export function uvCandidates(
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
  home: string,
  own: readonly string[],
): UvCandidate[] {
  const paths = platform === 'win32' ? path.win32 : path.posix
  const file = platform === 'win32' ? 'uv.exe' : 'uv'
  const searchPath = env['PATH'] ?? env['Path'] ?? ''
  const onPath = searchPath.split(paths.delimiter).filter((folder) => paths.isAbsolute(folder))
  const usual = [
    paths.join(home, '.local', 'bin'),
    paths.join(home, '.cargo', 'bin'),
    ...(platform === 'win32' ? [] : ['/opt/homebrew/bin', '/usr/local/bin']),
  ]
  const inside = (folder: string) => paths.join(folder, file)
  const named = env['UV'] && paths.isAbsolute(env['UV']) ? [env['UV']] : []
  const all: readonly (readonly [UvOrigin, readonly string[]])[] = [
    ['variable', named],
    ['path', onPath.map(inside)],
    ['usual', usual.map(inside)],
    ['own', own],
  ]
  const candidates = all.flatMap(([origin, files]) => files.map((executable) => ({ executable, origin })))
  return candidates.filter((one, at) => candidates.findIndex((other) => other.executable === one.executable) === at)
}

/**
 * A finder that remembers what each file said of itself until the file changes; a uv that was just installed is found at
 * once. One that does not start (a shim without a version behind it) or is too old is passed over.
 * @param own those that we have got, the newest first
 */
export function createUvFinder(
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
  own: () => Promise<readonly string[]>,
): () => Promise<UvSurvey> {
  const asked = new Map<string, Promise<string | undefined>>()
  const home = env['HOME'] ?? env['USERPROFILE'] ?? homedir()
  const child = childEnvironment(env, platform)
  return async () => {
    const unusable: UnusableUv[] = []
    for (const { executable, origin } of uvCandidates(env, platform, home, await own())) {
      const facts = await stat(executable).catch(() => undefined)
      if (!facts?.isFile()) continue
      const key = `${executable}\0${facts.mtimeMs}`
      let answer = asked.get(key)
      if (!answer) asked.set(key, (answer = askVersion(executable, child)))
      const version = await answer
      // Not remembered where there was none: a machine that was busy may have let it wait too long.
      if (version === undefined) asked.delete(key)
      if (version !== undefined && isUsableUv(version)) return { uv: { executable, version, origin }, unusable }
      unusable.push({ path: executable, origin, version: version ?? null })
    }
    return { uv: undefined, unusable }
  }
}

/** What a uv says of itself; undefined: it does not start, or is something else. */
export async function askVersion(
  executable: string,
  env: Readonly<Record<string, string>>,
): Promise<string | undefined> {
  try {
    const { exitCode, stdout } = await run([executable, '--version'], { env, timeoutMs: versionMs })
    return exitCode === 0 ? /^uv (\S+)/u.exec(stdout)?.[1] : undefined
  } catch (error) {
    if (isAppError(error)) return undefined
    throw error
  }
}

/** In a sentence. */
export function unusableUvs(unusable: readonly UnusableUv[]): string {
  const told = unusable.map(({ path: file, version }) =>
    version === null ? `${file} does not start` : `${file} is ${version}, and ${oldestUv} is the oldest that will do`,
  )
  return told.join('; ')
}
