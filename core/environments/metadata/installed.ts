import { readFile, readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Package } from '../../../contract/index.ts'
import { normalizedName } from '../requirements.ts'
import { inBatches } from '../site-packages.ts'

/** The values of a header field of core metadata, which ends at the first empty line (PEP 566). */
export function metadataFields(text: string, name: string): string[] {
  const [head = ''] = text.split(/\r?\n\r?\n/u, 1)
  return [...head.matchAll(new RegExp(`^${name}:[ \\t]*(.+?)[ \\t]*$`, 'gimu'))].map((found) => found[1] ?? '')
}

/** Name and version from core metadata. */
export function parseMetadata(text: string): Package | undefined {
  const [name] = metadataFields(text, 'Name')
  const [version] = metadataFields(text, 'Version')
  return name && version ? { name, version } : undefined
}

/** An installed package with its metadata, and the folder or file that this came from. */
export interface InstalledMetadata extends Package {
  readonly text: string
  readonly place: string
}

/**
 * What is installed in a site-packages folder, sorted by normalized name, without starting Python. A `.dist-info` or
 * `.egg-info` without readable metadata is no package: that is what an interrupted installation leaves.
 */
export async function readMetadata(folder: string | undefined): Promise<readonly InstalledMetadata[]> {
  if (folder === undefined) return []
  const names = await readdir(folder).catch(() => [])
  const found = await inBatches(names, (name) => readOne(folder, name))
  const byName = new Map<string, InstalledMetadata>()
  for (const one of found) if (one && !byName.has(normalizedName(one.name))) byName.set(normalizedName(one.name), one)
  return [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one)
}

/** The same without the details. */
export async function readPackages(folder: string | undefined): Promise<readonly Package[]> {
  return (await readMetadata(folder)).map(({ name, version }) => ({ name, version }))
}

async function readOne(folder: string, name: string): Promise<InstalledMetadata | undefined> {
  const at = path.join(folder, name)
  // `~`: what pip has moved aside while it replaces a package.
  if (name.startsWith('~')) return undefined
  if (name.endsWith('.dist-info')) return fromFile(path.join(at, 'METADATA'), at)
  if (name.endsWith('.egg-info')) {
    const isFolder = (await stat(at).catch(() => undefined))?.isDirectory()
    return fromFile(isFolder ? path.join(at, 'PKG-INFO') : at, at)
  }
  // setuptools' old `develop` leaves a link file whose first line is the folder with the egg-info.
  if (name.endsWith('.egg-link')) {
    const [target = ''] = (await readFile(at, 'utf8').catch(() => '')).split(/\r?\n/u)
    const place = path.join(target, name.replace(/\.egg-link$/u, '.egg-info'))
    return fromFile(path.join(place, 'PKG-INFO'), place)
  }
  return undefined
}

async function fromFile(file: string, place: string): Promise<InstalledMetadata | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  const facts = text === undefined ? undefined : parseMetadata(text)
  return text === undefined || !facts ? undefined : { ...facts, text, place }
}
