import { AppError, requirementSchema } from '../../../contract/index.ts'
import type { CommandResult, Environment } from '../../../contract/index.ts'
import type { JobContext } from '../../jobs/index.ts'
import { findHashes } from '../installer/index.ts'
import { get } from '../list.ts'
import { readDistributions } from '../metadata/distributions.ts'
import type { Distribution } from '../metadata/distributions.ts'
import { requirementName } from '../requirements.ts'
import { parseRequirementsFile } from '../requirements-file.ts'
import type { Room } from '../room.ts'
import { sitePackages } from '../site-packages.ts'
import type { VerifiedParams } from '../requests.ts'
import { targetOf } from './change.ts'
import { install } from './install.ts'
import { hashesByName, isLock, lockText, parseLock } from './lock-file.ts'
import { soundOne } from './look.ts'

/** The packages of an environment with their versions, as a requirements file that `importPackages` takes. Files are read, nothing else. */
export async function exportPackages(room: Room, name: string): Promise<CommandResult<'packages.export'>> {
  const environment = await get(room, name)
  const packages = await readDistributions(await sitePackages(environment.root, room.platform))
  return requirementsText(environment, packages)
}

/**
 * The packages of an environment with their versions and the hashes of their files, which the index is asked for: what is installed
 * from it is the same, file by file, or nothing.
 * @throws NOT_FOUND, the problem of a broken one, PACKAGES_FAILED where no index has one of them any more, CANCELLED
 */
export async function lockPackages(
  room: Room,
  name: string,
  context: JobContext,
): Promise<CommandResult<'packages.lock'>> {
  const { folder, manifest } = await soundOne(room, name)
  const distributions = await readDistributions(await sitePackages(folder.root, room.platform))
  const { pinned, left } = pinnedOf(manifest, distributions)
  const hashes =
    pinned.length === 0 ? new Map() : await findHashes(room, targetOf(room, folder, manifest), pinned, context)
  const missing = pinned.filter((text) => !hashes.has(requirementName(text)))
  if (missing.length > 0) {
    throw new AppError('PACKAGES_FAILED', `The index tells no hash of ${missing.join(', ')}`, {
      hint: 'Export without hashes, or ask an index that has them.',
      details: { packages: missing },
    })
  }
  const packages = pinned.map((requirement) => ({
    requirement,
    hashes: hashes.get(requirementName(requirement)) ?? [],
  }))
  const title = `Environment ${folder.name}, Python ${manifest.python}, with the hashes of its packages`
  return { text: lockText(title, packages, left), count: packages.length }
}

/**
 * Installs what a requirements file lists, all of it in one resolve.
 * @throws INVALID_PARAMS with line numbers, before anything is done; then as `install`
 */
export async function importPackages(
  room: Room,
  { name, text, verify }: VerifiedParams<'packages.import'>,
  context: JobContext,
): Promise<Environment> {
  const locked = isLock(text) ? parseLock(text) : undefined
  const packages = [...new Set(locked ? locked.map(({ requirement }) => requirement) : parseRequirementsFile(text))]
  if (packages.length === 0) {
    throw new AppError('INVALID_PARAMS', 'No package is listed in this text', {
      hint: 'It must be a requirements file: one package a line, such as numpy==2.1.0.',
    })
  }
  return install(room, { name, packages, verify }, context, 'import', locked && hashesByName(locked))
}

/** Sorted by name. What no index has is told as a comment; a pip that serves the environment is left out, as `pip freeze` does. */
export function requirementsText(
  { name, python, requirements }: Pick<Environment, 'name' | 'python' | 'requirements'>,
  packages: readonly Distribution[],
): { readonly text: string; readonly count: number } {
  const { pinned, left } = pinnedOf({ requirements }, packages)
  const title = `# Environment ${name}, Python ${python}`.replaceAll(/[\r\n]/gu, ' ')
  return { text: `${[title, ...pinned, ...left].join('\n')}\n`, count: pinned.length }
}

function pinnedOf({ requirements }: Pick<Environment, 'requirements'>, packages: readonly Distribution[]) {
  const asked = new Set(requirements.map(requirementName))
  const pinned: string[] = []
  const left: string[] = []
  for (const { key, name: shown, version, isDirect } of packages) {
    if (key === 'pip' && !asked.has('pip')) continue
    const line = `${shown}==${version}`
    if (isDirect) left.push(`# ${shown} ${version} was not installed from a package index`)
    else if (requirementSchema.safeParse(line).success) pinned.push(line)
    else left.push(`# ${shown} ${version} has a version that cannot be asked for`)
  }
  return { pinned, left }
}
