import { readFileSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { sitePackages } from '../../../core/environments/site-packages.ts'
import { tempFolder } from '../../tools/temp-folder.ts'
import { packagesIn } from './package-bench.ts'
import { onlyFrom, writeWheel } from './wheels.ts'
import { openWith } from './with-installers.ts'
import { recordJob } from './workbench.ts'
import type { InstallerName } from './workbench.ts'

export const name = 'Zurück é'

/**
 * The shape of a data-science environment: `frames` stands on `arrays`, and works with its version 1 alone, although it says that
 * any will do. `plots` brings a command, data outside of site-packages, and says what it needs.
 */
export async function prepareScience(installer: InstallerName) {
  const wheels = path.join(tempFolder(), 'wheels é')
  for (const version of ['1.0', '2.0'])
    writeWheel(wheels, { name: 'arrays', version, files: { 'arrays_data/kernel.txt': `kernel ${version}` } })
  const needsOne =
    'import arrays\nif arrays.version != "1.0": raise ImportError("built for arrays 1")\nversion = "1.0"\n'
  writeWheel(wheels, { name: 'frames', version: '1.0', requires: ['arrays'], files: { 'frames.py': needsOne } })
  writeWheel(wheels, {
    name: 'plots',
    version: '1.0',
    requires: ['arrays<2'],
    files: {
      'plots-1.0.dist-info/entry_points.txt': '[console_scripts]\nplot = plots:main\n',
      'plots.py': 'version = "1.0"\ndef main(): print("plotted")\n',
      'plots-1.0.data/data/share/plots/theme.txt': 'dark',
    },
  })
  const bench = await openWith(installer, { env: () => onlyFrom(wheels) })
  const made = await bench.environments.create({ name, packages: ['arrays<2', 'frames'] }, recordJob())
  const site = (await sitePackages(made.root, process.platform))!
  return { bench, wheels, made, site, environments: bench.environments, versions: () => packagesIn(bench, name) }
}

/** Every file of an environment but byte code and snapshots: what it says, and how it is allowed to be used. */
export function contentsOf(root: string): Record<string, string> {
  const found: Record<string, string> = {}
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name)
    const inside = path.relative(root, file)
    if (/^\.beep-|\.pyc$|^\.lock$/u.test(inside)) continue
    if (entry.isFile()) found[inside] = `${(statSync(file).mode & 0o777).toString(8)} ${readFileSync(file, 'latin1')}`
    else if (entry.isDirectory() && entry.name !== '__pycache__') found[inside] = 'folder'
  }
  return found
}
