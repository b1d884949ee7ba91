import { AppError, requirementSchema } from '../../../contract/index.ts'
import type { CommandResult, Environment } from '../../../contract/index.ts'
import type { JobContext } from '../../jobs/index.ts'
import { get } from '../list.ts'
import { readDistributions } from '../metadata/distributions.ts'
import type { Distribution } from '../metadata/distributions.ts'
import { requirementName } from '../requirements.ts'
import { parseRequirementsFile } from '../requirements-file.ts'
import type { Room } from '../room.ts'
import { sitePackages } from '../site-packages.ts'
import type { VerifiedParams } from '../types.ts'
import { install } from './install.ts'

/** The packages of an environment with their versions, as a requirements file that `importPackages` takes. Files are read, nothing else. */
export async function exportPackages(room: Room, name: string): Promise<CommandResult<'packages.export'>> {
  const environment = await get(room, name)
  const packages = await readDistributions(await sitePackages(environment.root, room.platform))
  return requirementsText(environment, packages)
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
  const packages = [...new Set(parseRequirementsFile(text))]
  if (packages.length === 0) {
    throw new AppError('INVALID_PARAMS', 'No package is listed in this text', {
      hint: 'It must be a requirements file: one package a line, such as numpy==2.1.0.',
    })
  }
  return install(room, { name, packages, verify }, context, 'import')
}

/** Sorted by name. What no index has is told as a comment; a pip that serves the environment is left out, as `pip freeze` does. */
export function requirementsText(
  { name, python, requirements }: Pick<Environment, 'name' | 'python' | 'requirements'>,
  packages: readonly Distribution[],
): { readonly text: string; readonly count: number } {
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
  const title = `# Environment ${name}, Python ${python}`.replaceAll(/[\r\n]/gu, ' ')
  const lines = [title, ...pinned, ...left]
  return { text: `${lines.join('\n')}\n`, count: pinned.length }
}
