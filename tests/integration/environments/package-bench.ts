import path from 'node:path'
import { tempFolder } from '../../tools/temp-folder.ts'
import { onlyFrom, writeWheel } from './wheels.ts'
import { openWith } from './with-installers.ts'
import { recordJob } from './workbench.ts'
import type { InstallerName, Workbench } from './workbench.ts'

/**
 * A data root with the environment `é 1`, in which `shared` and `free` are out of date, and `old-school` wants no newer `shared`
 * than 1.x. The folder of packages is all that its installer sees.
 */
export async function preparePackages(installer: InstallerName, packages: string[]) {
  const name = 'é 1'
  const wheels = path.join(tempFolder(), 'wheels é')
  writeWheel(wheels, { name: 'shared', version: '1.0' })
  writeWheel(wheels, { name: 'Old_School', version: '1.0', requires: ['Shared<2'] })
  writeWheel(wheels, { name: 'free', version: '1.0', requires: ['shared'] })
  writeWheel(wheels, { name: 'lonely', version: '1.0' })
  const bench = await openWith(installer, { env: () => onlyFrom(wheels) })
  const made = await bench.environments.create({ name, packages }, recordJob())
  for (const version of ['1.5', '2.0', '3.0rc1']) writeWheel(wheels, { name: 'shared', version })
  writeWheel(wheels, { name: 'free', version: '1.1', requires: ['shared>=1.5'] })
  return { bench, wheels, root: made.root, executable: made.executable, versions: () => packagesIn(bench, name) }
}

/** Names and versions of what is installed. */
export async function packagesIn({ environments }: Workbench, name: string): Promise<Record<string, string>> {
  return Object.fromEntries((await environments.packages(name)).map((one) => [one.name, one.version]))
}
