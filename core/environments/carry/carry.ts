import { readFile, readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { AppError, shownBytes } from '../../../contract/index.ts'
import type { JobContext } from '../../jobs/index.ts'
import { environmentExecutable } from '../../platform/index.ts'
import { writeFileAtomic } from '../../storage/index.ts'
import { damagedNames, findDamage } from '../damage.ts'
import { readPackages } from '../metadata/installed.ts'
import type { Room } from '../room.ts'
import { inBatches, sitePackages } from '../site-packages.ts'
import { copyTree } from './copy-tree.ts'
import type { Carried } from './copy-tree.ts'
import { launchersToRemake, makeLaunchers, readEntryPoints } from './launchers.ts'
import { recordFacts, rewrittenRecord } from './record.ts'
import { relocatedScript, relocatedText } from './relocate.ts'
import type { Move } from './relocate.ts'

/** What is carried, and whereto. */
export interface Load {
  /** Where the files lie now. */
  readonly from: string
  /** The environment that they were made for, whose path they hold. */
  readonly madeFor: string
  /** A fresh environment on a Python of the same version. */
  readonly to: string
  readonly base: string
  readonly mode: 'copy' | 'link'
  readonly title: string
  readonly bytesTotal: number
}

/** Bytes up to which a file may be a text that names its place. */
const mostTextBytes = 1_000_000

/**
 * Fills a fresh environment with everything that another one holds: the packages, their commands and data, and whatever else lies
 * there. What names the old place names the new one, and the RECORDs know of it. Afterwards both have the same packages.
 * @throws PACKAGES_FAILED where something got lost on the way; DISK_FULL and the like; CANCELLED
 */
export async function carry(room: Room, load: Load, context: JobContext): Promise<void> {
  const { from, madeFor, to, bytesTotal, title } = load
  const move: Move = { from: madeFor, to, platform: room.platform }
  let bytesDone = 0
  const carried = await copyTree(from, to, {
    mode: load.mode,
    platform: room.platform,
    signal: context.signal,
    linkTarget: (target) => moved(target, move),
    onBytes(bytes) {
      bytesDone = Math.min(bytesTotal, bytesDone + bytes)
      const fraction = bytesTotal === 0 ? null : bytesDone / bytesTotal
      const detail = `${shownBytes(bytesDone)} of ${shownBytes(bytesTotal)}`
      context.progress({ fraction, title, detail, bytesDone, bytesTotal })
    },
  })
  const changed = await relocate(carried, move)
  const site = await sitePackages(to, room.platform)
  if (site === undefined) return
  if (room.platform === 'win32') {
    const scripts = carried.filter(({ part }) => part === 'script').map(({ file }) => file)
    const executable = environmentExecutable(to, room.platform)
    const place = { folder: path.dirname(executable), executable }
    const wanted = launchersToRemake(await readEntryPoints(site).catch(() => []), scripts)
    for (const file of await makeLaunchers(room, load.base, place, wanted, context.signal))
      changed.set(path.resolve(file), recordFacts(await readFile(file)))
  }
  await correctRecords(site, changed, move)
  await requireSame(room, from, site)
}

/** @returns the files that say something else now, with their new hash and size */
async function relocate(carried: readonly Carried[], move: Move): Promise<Map<string, string>> {
  const changed = new Map<string, string>()
  const candidates = carried.filter(({ part, bytes }) => part !== 'plain' && bytes <= mostTextBytes)
  await inBatches(candidates, async ({ file, part }) => {
    const bytes = await readFile(file)
    const fresh = part === 'script' ? relocatedScript(bytes, move) : relocatedText(bytes, move)
    if (!fresh) return
    // A new file in its place: the old one may be shared with the other environment, or with an installer's cache.
    await writeFileAtomic(file, fresh, (await stat(file)).mode & 0o777)
    changed.set(file, recordFacts(fresh))
  })
  return changed
}

async function correctRecords(site: string, changed: ReadonlyMap<string, string>, move: Move): Promise<void> {
  if (changed.size === 0) return
  const infos = (await readdir(site).catch(() => [])).filter((name) => name.endsWith('.dist-info'))
  await inBatches(infos, async (name) => {
    const file = path.join(site, name, 'RECORD')
    const text = await readFile(file, 'utf8').catch(() => undefined)
    const factsOf = (listed: string) => changed.get(path.resolve(site, listed))
    const fresh = text === undefined ? undefined : rewrittenRecord(text, factsOf, (listed) => moved(listed, move))
    if (fresh !== undefined) await writeFileAtomic(file, fresh, (await stat(file)).mode & 0o777)
  })
}

/** A full path below the old place as one below the new; anything else as it is. */
function moved(target: string, { from, to, platform }: Move): string {
  const paths = platform === 'win32' ? path.win32 : path.posix
  if (!paths.isAbsolute(target)) return target
  const inside = paths.relative(from, target)
  return inside.startsWith('..') || paths.isAbsolute(inside) ? target : paths.join(to, inside)
}

async function requireSame(room: Room, from: string, site: string): Promise<void> {
  const old = await sitePackages(from, room.platform)
  const [was, is] = await Promise.all([old, site].map(async (folder) => JSON.stringify(await readPackages(folder))))
  const before = new Set(old === undefined ? [] : damagedNames(await findDamage(old)))
  const lost = damagedNames(await findDamage(site)).filter((name) => !before.has(name))
  if (was === is && lost.length === 0) return
  throw new AppError(
    'PACKAGES_FAILED',
    `Not everything arrived from ${from}${lost.length > 0 ? `: ${lost.join(', ')}` : ''}`,
    {
      hint: 'Somebody has changed the environment meanwhile. Try again.',
      details: { from, to: site, incomplete: lost },
    },
  )
}
