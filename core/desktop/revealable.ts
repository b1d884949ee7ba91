import { lstat, realpath } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../../contract/index.ts'
import type { Runtime } from '../../contract/index.ts'
import type { Layout } from '../platform/index.ts'
import type { Runtimes } from '../runtimes/index.ts'

/**
 * The path to show, in full, if it is one that a window may ask for: the data root, what lies in it, or a known Python. Other
 * places are not even looked at, since on Windows a look at `\\server\share` logs in there.
 * @throws INVALID_PARAMS, NOT_FOUND
 */
export async function revealable(wanted: string, layout: Layout, runtimes: Pick<Runtimes, 'list'>): Promise<string> {
  if (!path.isAbsolute(wanted) || wanted.includes('\0')) throw refused(wanted, 'it is no absolute path')
  const shown = path.resolve(wanted)
  const home = path.resolve(layout.home)
  const isOurs = isWithin(home, shown)
  if (!isOurs && !(await runtimes.list()).flatMap(placesOf).some((place) => isSame(place, shown))) {
    throw refused(wanted, 'it is outside of the data root, and no Python that is known here')
  }
  const there = await lstat(shown).catch(() => undefined)
  if (!there) throw gone(wanted)
  // A link itself is shown and not followed (an environment's python is one), but no folder on the way may lead outside.
  if (isOurs && !isSame(home, shown) && !isWithin(await realpath(home), await realpath(path.dirname(shown)))) {
    throw refused(wanted, 'a link on the way leads out of the data root')
  }
  return shown
}

/** Its executable, the folder of that, and its prefix; not all that lies in a prefix, which may be /usr. */
function placesOf({ executable, probe }: Runtime): string[] {
  return [executable, path.dirname(executable), ...(probe ? [probe.prefix] : [])]
}

function isSame(a: string, b: string): boolean {
  return path.relative(a, b) === ''
}

function isWithin(folder: string, file: string): boolean {
  const relative = path.relative(folder, file)
  return !(relative === '..' || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative))
}

function refused(wanted: string, why: string): AppError {
  return new AppError('INVALID_PARAMS', `${JSON.stringify(wanted.slice(0, 300))} is not shown: ${why}`, {
    hint: 'What is in the data root can be shown, and the Pythons of the list.',
  })
}

function gone(wanted: string): AppError {
  return new AppError('NOT_FOUND', `There is nothing at ${JSON.stringify(wanted.slice(0, 300))}`, {
    hint: 'It may have been removed meanwhile.',
  })
}
