import { readFile, readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Package } from '../../contract/index.ts'
import { normalizedName } from './requirements.ts'
import { inBatches } from './site-packages.ts'

/** Name and version from core metadata: the header fields before the first empty line (PEP 566). */
export function parseMetadata(text: string): Package | undefined {
  const [head = ''] = text.split(/\r?\n\r?\n/u, 1)
  const field = (name: string) => new RegExp(`^${name}:[ \\t]*(.+?)[ \\t]*$`, 'imu').exec(head)?.[1]
  const name = field('Name')
  const version = field('Version')
  return name && version ? { name, version } : undefined
}

/**
 * The packages in a site-packages folder, sorted by normalized name, without starting Python. A `.dist-info` or `.egg-info`
 * without readable metadata is no package: that is what an interrupted installation leaves.
 */
export async function readPackages(folder: string | undefined): Promise<readonly Package[]> {
  if (folder === undefined) return []
  const names = await readdir(folder).catch(() => [])
  const found = await inBatches(names, (name) => readPackage(folder, name))
  const byName = new Map<string, Package>()
  for (const one of found) if (one && !byName.has(normalizedName(one.name))) byName.set(normalizedName(one.name), one)
  return [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one)
}

async function readPackage(folder: string, name: string): Promise<Package | undefined> {
  const at = path.join(folder, name)
  // `~`: what pip has moved aside while it replaces a package.
  if (name.startsWith('~')) return undefined
  if (name.endsWith('.dist-info')) return fromFile(path.join(at, 'METADATA'))
  if (name.endsWith('.egg-info')) {
    const isFolder = (await stat(at).catch(() => undefined))?.isDirectory()
    return fromFile(isFolder ? path.join(at, 'PKG-INFO') : at)
  }
  // setuptools' old `develop` leaves a link file whose first line is the folder with the egg-info.
  if (name.endsWith('.egg-link')) {
    const [target = ''] = (await readFile(at, 'utf8').catch(() => '')).split(/\r?\n/u)
    return fromFile(path.join(target, name.replace(/\.egg-link$/u, '.egg-info'), 'PKG-INFO'))
  }
  return undefined
}

async function fromFile(file: string): Promise<Package | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  return text === undefined ? undefined : parseMetadata(text)
}
