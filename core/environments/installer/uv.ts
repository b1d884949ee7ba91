import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import path from 'node:path'
import type { OtherMachine } from '../requests.ts'
import type { WrittenOrder } from './order.ts'
import type { PipOptions } from './pip-configuration.ts'
import type { Target } from './target.ts'
import type { Uv } from './find-uv.ts'
import { wheelPlatform } from './wheel-platform.ts'

/** What the user's pip settings come to in uv's words. Addresses go by variable: they may hold a password, and argv is public. */
export interface UvSettings {
  /** Where packages come from; every command that asks an index knows these. */
  readonly places: readonly string[]
  /** What else an installation heeds. */
  readonly flags: readonly string[]
  readonly variables: Readonly<Record<string, string>>
}

export function uvInstall(
  uv: Uv,
  target: Target,
  settings: UvSettings,
  order: WrittenOrder,
): readonly [string, ...string[]] {
  return [
    ...uvPip(uv, 'install', target),
    ...(target.compile && !order.isDryRun ? ['--compile-bytecode'] : []),
    ...settings.places,
    ...settings.flags,
    ...(order.isDryRun ? ['--dry-run'] : []),
    ...(order.isFresh ? ['--no-cache'] : []),
    ...order.upgrades.flatMap((name) => ['--upgrade-package', name]),
    ...(order.constraintFile === undefined ? [] : ['--constraint', order.constraintFile]),
    ...order.requirements,
  ]
}

/** Writes a requirements file with hashes to stdout. */
export function uvLock(uv: Uv, target: Target, settings: UvSettings, file: string): readonly [string, ...string[]] {
  return [
    ...uvPip(uv, 'compile', target),
    '--no-deps',
    '--generate-hashes',
    '--no-header',
    '--no-annotate',
    ...settings.places,
    ...settings.flags,
    file,
  ]
}

/** Writes a requirements file of what another machine would install, of ready-made wheels alone, to stdout. */
export function uvResolve(
  uv: Uv,
  target: Target,
  settings: UvSettings,
  { triple, python }: OtherMachine,
  file: string,
): readonly [string, ...string[]] {
  return [
    ...uvPip(uv, 'compile', target),
    '--python-platform',
    wheelPlatform(triple).uv,
    '--python-version',
    python,
    '--no-header',
    '--no-annotate',
    ...settings.places,
    ...settings.flags,
    '--only-binary',
    ':all:',
    file,
  ]
}

export function uvUninstall(uv: Uv, target: Target, names: readonly string[]): readonly [string, ...string[]] {
  return [...uvPip(uv, 'uninstall', target), '--', ...names]
}

/** Talks much, on stderr: an index that refuses access is told nowhere else. */
export function uvOutdated(uv: Uv, target: Target, settings: UvSettings): readonly [string, ...string[]] {
  return [...uvPip(uv, 'list', target), '--outdated', '--format', 'json', '--verbose', ...settings.places]
}

function uvPip(uv: Uv, verb: string, target: Target): readonly [string, ...string[]] {
  return [uv.executable, 'pip', verb, '--python', target.executable]
}

export const uvVariables: Readonly<Record<string, string | undefined>> = {
  NO_COLOR: '1',
  UV_NO_PROGRESS: '1',
  UV_QUIET: undefined,
  UV_VERBOSE: undefined,
}

/**
 * uv ignores pip's settings, so that a company's mirror set up for pip would silently not be asked. They are handed on:
 * - where packages come from, unless uv has been told that itself (`hasOwnIndexes`)
 * - certificates, proxy and time limits, each unless its variable is set already
 * `trusted-host` is not handed on: it switches checks off.
 */
export function translatePipOptions(
  options: PipOptions,
  env: Readonly<Record<string, string>>,
  hasOwnIndexes: boolean,
): UvSettings {
  const places: string[] = []
  const flags: string[] = []
  const variables: Record<string, string> = {}
  const words = (option: string) => (options.get(option) ?? '').split(/\s+/u).filter(Boolean)
  const hand = (name: string, value: string | undefined) => {
    if (value && !env[name]) variables[name] = value
  }
  if (!hasOwnIndexes) {
    hand('UV_DEFAULT_INDEX', words('index-url')[0])
    const extra = words('extra-index-url')
    if (extra.length > 0) {
      hand('UV_INDEX', extra.join(' '))
      // pip takes the best version of all its indexes; uv would stop at the first index that has the name.
      hand('UV_INDEX_STRATEGY', 'unsafe-best-match')
    }
    places.push(...words('find-links').flatMap((place) => ['--find-links', place]))
    if (isOn(options.get('no-index'))) places.push('--no-index')
  }
  for (const option of ['only-binary', 'no-binary']) {
    for (const value of (options.get(option) ?? '').split(/[\s,]+/u).filter(Boolean)) flags.push(`--${option}`, value)
  }
  flags.push(...words('constraint').flatMap((file) => ['--constraint', file]))
  hand('SSL_CERT_FILE', options.get('cert'))
  hand('SSL_CLIENT_CERT', options.get('client-cert'))
  hand('UV_HTTP_TIMEOUT', /^\d+/u.exec(options.get('timeout') ?? options.get('default-timeout') ?? '')?.[0])
  if (options.get('keyring-provider') === 'subprocess') hand('UV_KEYRING_PROVIDER', 'subprocess')
  const proxy = options.get('proxy')
  const hasProxy = Object.keys(env).some((name) => /^(https?|all)_proxy$/iu.test(name))
  if (proxy && !hasProxy) variables['ALL_PROXY'] = proxy
  return { places, flags, variables }
}

function isOn(value: string | undefined): boolean {
  return /^(1|true|yes|on|y|t)$/iu.test(value?.trim() ?? '')
}

const indexVariables = [
  'UV_DEFAULT_INDEX',
  'UV_INDEX',
  'UV_INDEX_URL',
  'UV_EXTRA_INDEX_URL',
  'UV_FIND_LINKS',
  'UV_NO_INDEX',
]

/** uv's configuration files, the user's first (uv's documentation, "Configuration files"). */
export function uvConfigurationFiles(env: NodeJS.ProcessEnv, platform: NodeJS.Platform, home: string): string[] {
  if (env['UV_NO_CONFIG']) return []
  if (env['UV_CONFIG_FILE']) return [env['UV_CONFIG_FILE']]
  if (platform === 'win32') {
    const roots = [env['APPDATA'], env['PROGRAMDATA'] ?? 'C:\\ProgramData']
    return roots.filter((root) => root !== undefined).map((root) => path.win32.join(root, 'uv', 'uv.toml'))
  }
  const user = env['XDG_CONFIG_HOME'] || path.posix.join(home, '.config')
  const system = (env['XDG_CONFIG_DIRS'] || '/etc/xdg').split(':')
  return [user, ...system, '/etc'].map((root) => path.posix.join(root, 'uv', 'uv.toml'))
}

/** True if the text of a uv.toml says where packages come from. */
export function namesIndexes(toml: string): boolean {
  return /^\s*(\[\[(pip\.)?index\]\]|(index|index-url|extra-index-url|find-links|no-index)\s*=)/mu.test(toml)
}

export async function uvKnowsIndexes(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): Promise<boolean> {
  if (indexVariables.some((name) => env[name])) return true
  const home = env['HOME'] ?? env['USERPROFILE'] ?? homedir()
  for (const file of uvConfigurationFiles(env, platform, home)) {
    if (namesIndexes(await readFile(file, 'utf8').catch(() => ''))) return true
  }
  return false
}
