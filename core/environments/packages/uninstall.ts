import { AppError } from '../../../contract/index.ts'
import type { CheckedParams, Environment } from '../../../contract/index.ts'
import type { JobContext } from '../../jobs/index.ts'
import { uninstallPackages } from '../installer/index.ts'
import { describe } from '../list.ts'
import { readPackages } from '../metadata/installed.ts'
import { checkedNames, normalizedName, requirementName } from '../requirements.ts'
import type { Room } from '../room.ts'
import { sitePackages } from '../site-packages.ts'
import { changePackages, onEnvironment, refuseBroken } from './change.ts'
import { mendInterruption } from './mend.ts'

/** Takes out what was named and nothing else, whoever needs it; the preview tells who does. */
export async function uninstall(
  room: Room,
  params: CheckedParams<'packages.uninstall'>,
  context: JobContext,
): Promise<Environment> {
  const names = checkedNames(params.packages)
  return onEnvironment(room, params.name, 'remove packages from', context, async (folder, manifest) => {
    refuseBroken(await describe(room, folder, manifest))
    await mendInterruption(room, folder, manifest, context)
    await requireInstalled(room, folder.root, folder.name, names)
    const going = new Set(names.map(normalizedName))
    const requirements = manifest.requirements.filter((text) => !going.has(requirementName(text)))
    return changePackages(
      room,
      folder,
      manifest,
      {
        requirements,
        occasion: { reason: 'uninstall', about: names },
        work: (target, onStarted) => uninstallPackages(room, target, names, context, onStarted),
        manifest: () => ({ requirements }),
      },
      context,
    )
  })
}

/** @throws NOT_FOUND for all that are not there, before anything is changed */
export async function requireInstalled(
  room: Room,
  root: string,
  environment: string,
  names: readonly string[],
): Promise<void> {
  const packages = await readPackages(await sitePackages(root, room.platform))
  const there = new Set(packages.map(({ name }) => normalizedName(name)))
  const missing = names.filter((name) => !there.has(normalizedName(name)))
  if (missing.length === 0) return
  throw new AppError('NOT_FOUND', `Not in environment ${environment}: ${missing.join(', ')}`, {
    hint: `See \`beep-host packages list ${environment}\`.`,
    details: { name: environment, packages: missing },
  })
}
