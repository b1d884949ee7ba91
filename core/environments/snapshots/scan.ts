import { lstat, readFile, readdir, readlink } from 'node:fs/promises'
import path from 'node:path'
import { recordedFiles } from '../damage.ts'
import { inBatches, sitePackages } from '../site-packages.ts'
import { insideOf, isSkeleton, packagePlaces } from './plan.ts'
import type { Seen } from './plan.ts'

export interface Scan {
  /** Files and links by their paths with `/`, and what they are. */
  readonly files: ReadonlyMap<string, Seen>
  /** Folders, each after the one that it lies in. */
  readonly folders: readonly string[]
  /** Files that a RECORD lists. */
  readonly recorded: ReadonlySet<string>
}

/** Everything in an environment that belongs to its packages. Looks only. */
export async function scanPackages(root: string, platform: NodeJS.Platform): Promise<Scan> {
  const site = await sitePackages(root, platform)
  if (site === undefined) return { files: new Map(), folders: [], recorded: new Set() }
  const recorded = await recordedIn(root, site)
  const tree = await scanTree(root, packagePlaces(insideOf(root, site), platform), (parts) =>
    isSkeleton(parts, platform),
  )
  const files = new Map(tree.files)
  const elsewhere = [...recorded].filter((file) => !files.has(file) && !isSkeleton(file.split('/'), platform))
  await inBatches(elsewhere, async (file) => {
    const seen = await look(path.join(root, file))
    if (seen) files.set(file, seen)
  })
  return { files, folders: tree.folders, recorded }
}

/** Everything below some folders of a root; those that are not there have nothing. */
export async function scanTree(
  root: string,
  places: readonly string[],
  isLeftOut: (parts: readonly string[]) => boolean = () => false,
): Promise<Pick<Scan, 'files' | 'folders'>> {
  const files = new Map<string, Seen>()
  const folders: string[] = []
  let level = [...places]
  while (level.length > 0) {
    const deeper: string[] = []
    const looks: string[] = []
    const listed = await inBatches(level, async (folder) => {
      // A place may itself be a link to somewhere else, which is none of ours.
      const facts = await lstat(path.join(root, folder)).catch(() => undefined)
      if (!facts?.isDirectory()) return undefined
      return readdir(path.join(root, folder), { withFileTypes: true }).catch(() => undefined)
    })
    for (const [at, entries] of listed.entries()) {
      const folder = level[at]!
      if (entries === undefined) continue
      if (folder !== '') folders.push(folder)
      for (const entry of entries) {
        const file = folder === '' ? entry.name : `${folder}/${entry.name}`
        if (isLeftOut(file.split('/'))) continue
        if (entry.isDirectory()) deeper.push(file)
        else if (entry.isFile() || entry.isSymbolicLink()) looks.push(file)
      }
    }
    await inBatches(looks, async (file) => {
      const seen = await look(path.join(root, file))
      if (seen) files.set(file, seen)
    })
    level = deeper
  }
  return { files, folders }
}

async function look(place: string): Promise<Seen | undefined> {
  // Whole numbers: on Windows that of a file has more digits than a floating one can hold.
  const facts = await lstat(place, { bigint: true }).catch(() => undefined)
  if (!facts?.isFile() && !facts?.isSymbolicLink()) return undefined
  const seen = {
    bytes: Number(facts.size),
    mtimeMs: Number(facts.mtimeNs) / 1e6,
    identity: `${facts.dev}:${facts.ino}`,
  }
  if (!facts.isSymbolicLink()) return { ...seen, kind: 'file' }
  return { ...seen, kind: 'link', target: await readlink(place).catch(() => '') }
}

/** What the RECORDs of a site-packages list, as far as it lies in the environment. */
async function recordedIn(root: string, site: string): Promise<ReadonlySet<string>> {
  const infos = (await readdir(site).catch(() => [])).filter((name) => name.endsWith('.dist-info'))
  const lists = await inBatches(infos, async (name) => {
    const text = await readFile(path.join(site, name, 'RECORD'), 'utf8').catch(() => '')
    return recordedFiles(text).map(({ file }) => insideOf(root, path.resolve(site, file)))
  })
  return new Set(lists.flat().filter((file) => !file.startsWith('../') && !path.isAbsolute(file)))
}
