import { constants, copyFile, link, lstat, mkdir, readdir, readlink, symlink, utimes } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../../../contract/index.ts'
import { fileFailure, hasErrno } from '../../storage/index.ts'
import { inBatches } from '../site-packages.ts'
import { partOf } from './parts.ts'
import type { Part } from './parts.ts'

export interface CopyOptions {
  /** `link`: both places share one file, for when the old one is about to go. */
  readonly mode: 'copy' | 'link'
  readonly platform: NodeJS.Platform
  readonly signal: AbortSignal
  readonly onBytes: (bytes: number) => void
  /** Where a link that leads to a full path shall lead. */
  readonly linkTarget: (target: string) => string
}

/** A file that was carried. */
export interface Carried {
  readonly file: string
  readonly part: Part
  readonly bytes: number
}

/**
 * Carries the files of an environment into a fresh one. What that has already, stays as it is; times are kept, since byte code is
 * valid for a time of its source alone. Where the disk can, copies share their blocks.
 * @throws DISK_FULL and the like; CANCELLED
 */
export async function copyTree(from: string, to: string, options: CopyOptions): Promise<readonly Carried[]> {
  const carried: Carried[] = []
  const pending: string[][] = [[]]
  for (let parts = pending.pop(); parts !== undefined; parts = pending.pop()) {
    const inside = parts
    const entries = await readdir(path.join(from, ...inside), { withFileTypes: true })
    const wanted = entries
      .map((entry) => ({ entry, at: [...inside, entry.name] }))
      .map((one) => ({ ...one, part: partOf(one.at, options.platform) }))
      .filter(({ part }) => part !== 'skeleton')
    await mkdir(path.join(to, ...inside), { recursive: true }).catch((error: unknown) => {
      throw fileFailure(error, `Could not make the folder ${path.join(to, ...inside)}`, to)
    })
    for (const { entry, at } of wanted) if (entry.isDirectory()) pending.push(at)
    const files = wanted.filter(({ entry }) => entry.isFile() || entry.isSymbolicLink())
    const done = await inBatches(files, async ({ entry, at, part }) => {
      if (options.signal.aborted) throw new AppError('CANCELLED', `Cancelled: carrying ${from}`)
      const [source, target] = [path.join(from, ...at), path.join(to, ...at)]
      const bytes = await place(source, target, entry.isSymbolicLink(), options)
      options.onBytes(bytes ?? 0)
      return bytes === undefined || entry.isSymbolicLink() ? [] : [{ file: target, part, bytes }]
    })
    carried.push(...done.flat())
  }
  return carried
}

/** @returns its bytes; undefined where something lies there already */
async function place(
  source: string,
  target: string,
  isLink: boolean,
  options: CopyOptions,
): Promise<number | undefined> {
  try {
    if (isLink) {
      await symlink(options.linkTarget(await readlink(source)), target)
      return 0
    }
    const facts = await lstat(source)
    if (options.mode === 'link' && (await linked(source, target))) return facts.size
    await copyFile(source, target, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE)
    await utimes(target, facts.atime, facts.mtime)
    return facts.size
  } catch (error) {
    if (hasErrno(error, 'EEXIST')) return undefined
    throw fileFailure(error, `Could not carry ${source} to ${target}`, target)
  }
}

/** Some disks know no second name for a file. */
async function linked(source: string, target: string): Promise<boolean> {
  try {
    await link(source, target)
    return true
  } catch (error) {
    if (hasErrno(error, 'EEXIST')) throw error
    return false
  }
}
