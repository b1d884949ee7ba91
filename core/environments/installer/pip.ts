import { AppError } from '../../../contract/index.ts'
import { run } from '../../process/index.ts'
import { readPackages } from '../metadata/installed.ts'
import { installerEnvironment } from './network.ts'
import type { WrittenOrder } from './order.ts'
import { readPipOptions } from './pip-configuration.ts'
import type { Room } from '../room.ts'
import { sitePackages } from '../site-packages.ts'
import type { Target } from './target.ts'
import { atLeast } from './versions.ts'

/** A pip that can install into an environment, and how it is called. */
export interface Pip {
  readonly interpreter: string
  readonly version: string
  /** Given: the pip of another interpreter works on this one (`pip --python`). */
  readonly python?: string
  /** Options that say where packages come from, beside the user's own settings. */
  readonly places?: readonly string[]
}

const ensurepipMs = 120_000

/** The whole command line. Of what is upgraded, all that it needs stays as it is where that will do, as with uv. */
export function pipInstall(pip: Pip, order: WrittenOrder): readonly [string, ...string[]] {
  return [
    ...pipItself(pip),
    'install',
    '--progress-bar',
    hasRawProgress(pip) ? 'raw' : 'off',
    '--no-warn-script-location',
    ...(pip.places ?? []),
    ...(order.reportFile === undefined ? [] : ['--dry-run', '--report', order.reportFile]),
    ...(order.isFresh ? ['--no-cache-dir'] : []),
    ...(order.upgrades.length > 0 ? ['--upgrade', '--upgrade-strategy', 'only-if-needed'] : []),
    ...(order.constraintFile === undefined ? [] : ['--constraint', order.constraintFile]),
    ...order.requirements,
  ]
}

/**
 * Wheels only: what must be built first would fail where there is no network.
 * @param fits for another machine: options that say which wheels it takes
 */
export function pipDownload(
  pip: Pip,
  order: WrittenOrder,
  folder: string,
  fits: readonly string[] = [],
): readonly [string, ...string[]] {
  return [
    ...pipItself(pip),
    'download',
    '--progress-bar',
    hasRawProgress(pip) ? 'raw' : 'off',
    '--only-binary',
    ':all:',
    '--dest',
    folder,
    ...fits,
    ...(pip.places ?? []),
    ...order.requirements,
  ]
}

/** A ready-made wheel, unpacked into a folder and installed nowhere; what is installed elsewhere already does not count. */
export function pipFetch(pip: Pip, folder: string, requirement: string): readonly [string, ...string[]] {
  return [
    ...pipItself(pip),
    'install',
    '--progress-bar',
    hasRawProgress(pip) ? 'raw' : 'off',
    '--no-warn-script-location',
    '--no-compile',
    '--no-deps',
    '--only-binary',
    ':all:',
    '--target',
    folder,
    ...(pip.places ?? []),
    '--',
    requirement,
  ]
}

/** Reports what would be installed, hashes included, and installs nothing. */
export function pipLock(pip: Pip, file: string, reportFile: string): readonly [string, ...string[]] {
  return [
    ...pipItself(pip),
    'install',
    '--progress-bar',
    'off',
    '--dry-run',
    '--ignore-installed',
    '--no-deps',
    '--report',
    reportFile,
    ...(pip.places ?? []),
    '--requirement',
    file,
  ]
}

export function pipUninstall(pip: Pip, names: readonly string[]): readonly [string, ...string[]] {
  return [...pipItself(pip), 'uninstall', '--yes', '--', ...names]
}

/** An index that cannot be reached is told in the log alone: pip takes it for one that has nothing. */
export function pipOutdated(pip: Pip, logFile: string): readonly [string, ...string[]] {
  return [...pipItself(pip), '--log', logFile, 'list', '--outdated', '--format', 'json', ...(pip.places ?? [])]
}

function pipItself(pip: Pip): readonly [string, ...string[]] {
  const target = pip.python === undefined ? [] : ['--python', pip.python]
  return [pip.interpreter, '-I', '-X', 'utf8', '-m', 'pip', ...target]
}

/** `--progress-bar raw` since pip 24.1: byte counts in plain lines. */
export function hasRawProgress(pip: Pip): boolean {
  return atLeast(pip.version, 24, 1)
}

/** The user's pip settings hold, but for those that would ask questions, fall silent or install elsewhere. */
export const pipVariables: Readonly<Record<string, string>> = {
  PIP_NO_INPUT: '1',
  PIP_DISABLE_PIP_VERSION_CHECK: '1',
  PIP_NO_COLOR: '1',
  PIP_QUIET: '0',
  PIP_VERBOSE: '0',
  PIP_USER: '0',
  PIP_REQUIRE_VIRTUALENV: '0',
  // pip folds its messages to the width of a terminal; unfolded they can be searched.
  COLUMNS: '400',
}

/** The environment of a pip; asked of its own certificates only where it is given others, since asking takes its time. */
export async function pipEnvironment(room: Room, base: string, signal: AbortSignal): Promise<Record<string, string>> {
  const { extraCa } = await room.settings.get()
  const options = extraCa.length > 0 ? await readPipOptions(room, base, signal) : undefined
  return installerEnvironment(room, pipVariables, {}, options?.get('cert'))
}

/**
 * The pip to use: the base interpreter's from 22.3 (the first with `--python`), else one in the environment itself, put
 * there from the wheels that come with Python (ensurepip) if need be, unless nothing may be changed.
 * @throws PACKAGES_FAILED where there is none and none can be had, as on a Debian without python3-pip and python3-venv.
 */
export async function choosePip(
  room: Room,
  target: Target,
  signal: AbortSignal,
  options: { readonly mayChange: boolean },
): Promise<Pip> {
  const version = await room.tools.pipVersion(target.base)
  if (version !== undefined && atLeast(version, 22, 3))
    return { interpreter: target.base, version, python: target.executable }
  const own = await ownPip(room, target)
  if (own) return own
  if (!options.mayChange) {
    throw new AppError('PACKAGES_FAILED', `No pip for environment ${target.name} that could be asked`, {
      hint: 'Install uv, or your system’s package python3-pip. An installation brings a pip along, where Python has one with it.',
      details: { base: target.base },
    })
  }
  const argv: [string, ...string[]] = [target.executable, '-I', '-X', 'utf8', '-m', 'ensurepip', '--default-pip']
  const env = await installerEnvironment(room, pipVariables)
  const result = await run(argv, { env, cwd: target.root, signal, timeoutMs: ensurepipMs })
  const made = result.exitCode === 0 ? await ownPip(room, target) : undefined
  if (made) return made
  const had = version === undefined ? 'has no pip' : `has pip ${version}, and 22.3 is the oldest that will do`
  throw new AppError('PACKAGES_FAILED', `No installer for environment ${target.name}: ${target.base} ${had}`, {
    hint: 'Install uv, or your system’s packages python3-pip and python3-venv; or use a managed Python: `beep-host init`.',
    details: { argv, exitCode: result.exitCode, signal: result.signal, lastLines: result.lastLines },
  })
}

async function ownPip(room: Room, target: Target): Promise<Pip | undefined> {
  const packages = await readPackages(await sitePackages(target.root, room.platform))
  const pip = packages.find((one) => one.name.toLowerCase() === 'pip')
  return pip && { interpreter: target.executable, version: pip.version }
}
