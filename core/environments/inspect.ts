import { lstat, readFile, realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import type { ErrorInfo } from '../../contract/index.ts'
import { environmentExecutable, isSameProcess } from '../platform/index.ts'
import { damagedNames, isDamaged, knownDamage } from './damage.ts'
import type { Manifest } from './manifest.ts'
import { isBusy, readMarker } from './marker.ts'
import { sitePackages } from './site-packages.ts'
import { readEntry } from './snapshots/entries.ts'
import { cutOff } from './snapshots/take-back.ts'

/** One value of a pyvenv.cfg (PEP 405: `key = value`, keys in any case). */
export function configValue(text: string, key: string): string | undefined {
  return new RegExp(`^${key}[ \\t]*=[ \\t]*(.+?)[ \\t]*$`, 'imu').exec(text)?.[1]
}

/** `3.12` from the file name of an interpreter, where it tells. */
export function minorVersionIn(executable: string): string | undefined {
  return /(?:python|pypy)(\d+\.\d+)t?(?:\.exe)?$/iu.exec(executable)?.[1]
}

/** What keeps an environment from being used, or undefined. Looks at files only; starts nothing. */
export async function findProblem(
  root: string,
  name: string,
  manifest: Manifest,
  platform: NodeJS.Platform,
): Promise<ErrorInfo | undefined> {
  return (
    (await placeProblem(root, name, manifest)) ??
    (await interpreterProblem(root, name, manifest, platform)) ??
    (await interruptionProblem(root, name, platform))
  )
}

/** Scripts and pyvenv.cfg hold absolute paths: an environment that was moved or copied is half dead, and looks alive. */
async function placeProblem(root: string, name: string, manifest: Manifest): Promise<ErrorInfo | undefined> {
  if (manifest.name === name && (manifest.root === root || (await isSameFolder(manifest.root, root)))) return undefined
  return {
    code: 'PATH_UNUSABLE',
    message: `Environment ${name} was made as ${manifest.root}, and now lies in ${root}`,
    hint: `Move it back, or repair it: \`beep-host venv repair ${name}\`.`,
    details: { madeIn: manifest.root, path: root, requirements: manifest.requirements },
  }
}

async function isSameFolder(a: string, b: string): Promise<boolean> {
  const [first, second] = await Promise.all([a, b].map((folder) => realpath(folder).catch(() => undefined)))
  return first !== undefined && first === second
}

async function interpreterProblem(
  root: string,
  name: string,
  manifest: Manifest,
  platform: NodeJS.Platform,
): Promise<ErrorInfo | undefined> {
  const executable = environmentExecutable(root, platform)
  const hint = `Repair it: \`beep-host venv repair ${name}\`; or put that Python back.`
  const details = { executable, base: manifest.base, requirements: manifest.requirements }
  const baseGone: ErrorInfo = {
    code: 'PYTHON_MISSING',
    message: `The Python ${manifest.python} that environment ${name} stands on is gone: ${manifest.base}`,
    hint,
    details,
  }
  const real = await realpath(executable).catch(() => undefined)
  if (real === undefined) {
    const isDangling = await lstat(executable).then(
      () => true,
      () => false,
    )
    if (isDangling) return baseGone
    return {
      code: 'PYTHON_BROKEN',
      message: `Environment ${name} has lost its interpreter ${executable}`,
      hint,
      details,
    }
  }
  const config = await readFile(path.join(root, 'pyvenv.cfg'), 'utf8').catch(() => undefined)
  const home = config === undefined ? undefined : configValue(config, 'home')
  if (home === undefined) {
    const message = `Environment ${name} has no readable pyvenv.cfg, so its interpreter does not know its packages`
    return { code: 'PYTHON_BROKEN', message, hint, details }
  }
  // On Windows the interpreter is a copy that starts the base by its path; elsewhere the link above has told already.
  const needed = platform === 'win32' ? [home, manifest.base] : [home]
  for (const place of needed) if (!(await stat(place).catch(() => undefined))) return baseGone
  const now = minorVersionIn(real)
  if (now !== undefined && now !== minorVersion(manifest.python)) {
    const message = `Environment ${name} was made for Python ${manifest.python}, and its base is Python ${now} now`
    return { code: 'PYTHON_BROKEN', message, hint, details }
  }
  return undefined
}

function minorVersion(version: string): string | undefined {
  return /^\d+\.\d+/u.exec(version)?.[0]
}

async function interruptionProblem(
  root: string,
  name: string,
  platform: NodeJS.Platform,
): Promise<ErrorInfo | undefined> {
  const marker = await readMarker(root)
  // With a manifest beside it, the marker of a creation only tells that its removal was cut off.
  if (marker === undefined || marker === 'unreadable' || marker.work === 'create') return undefined
  if (marker.problem) return marker.problem
  if (marker.lost.length > 0) return interrupted(name, marker.requirements, marker.lost)
  if (await isBusy(marker)) return undefined
  if (marker.installer && (await isSameProcess(marker.installer.pid, marker.installer.start)))
    return interrupted(name, marker.requirements, [])
  if (marker.snapshot !== undefined && (await readEntry(root, marker.snapshot)))
    return cutOff(name, marker.requirements)
  const folder = await sitePackages(root, platform)
  if (folder === undefined) return undefined
  const damage = await knownDamage(folder, marker.startedAt)
  return isDamaged(damage) ? interrupted(name, marker.requirements, damagedNames(damage)) : undefined
}

/** The state after an installation that was cut off half-way through a package. */
export function interrupted(name: string, requirements: readonly string[], incomplete: readonly string[]): ErrorInfo {
  return {
    code: 'PACKAGES_FAILED',
    message: `A change of packages in environment ${name} was cut off${incomplete.length > 0 ? `; incomplete: ${incomplete.join(', ')}` : ''}`,
    hint: `Repair it: \`beep-host venv repair ${name}\`.`,
    details: { requirements, incomplete },
  }
}
