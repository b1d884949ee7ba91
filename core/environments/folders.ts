import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { sameName } from '../../contract/index.ts'
import type { Layout } from '../platform/index.ts'
import { fileFailure, hasErrno } from '../storage/index.ts'

/** Something that lies in `environments/`, whether it is an environment or not. */
export interface Entry {
  /** In Unicode form C, as names are: macOS may have stored another form. */
  readonly name: string
  readonly root: string
  readonly isFolder: boolean
}

/** Everything in `environments/` by name. What starts with a dot cannot be a name, and is none of our business. */
export async function entries(layout: Layout): Promise<readonly Entry[]> {
  try {
    const found = await readdir(layout.environments, { withFileTypes: true })
    return found
      .filter((entry) => !entry.name.startsWith('.'))
      .map((entry) => ({
        name: entry.name.normalize('NFC'),
        root: path.join(layout.environments, entry.name),
        isFolder: entry.isDirectory(),
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
  } catch (error) {
    if (hasErrno(error, 'ENOENT')) return []
    throw fileFailure(error, `Could not look into ${layout.environments}`, layout.environments)
  }
}

/**
 * The folder with exactly this name. Found by looking, never by joining the name to a path: a lookup may name anything,
 * `..` included, and a case-insensitive disk would answer to a name that nobody gave.
 */
export async function findFolder(layout: Layout, name: string): Promise<Entry | undefined> {
  const wanted = name.normalize('NFC')
  return (await entries(layout)).find((entry) => entry.isFolder && entry.name === wanted)
}

/** What stands in the way of a new name: anything that a case-insensitive disk would take for the same. */
export async function findClash(layout: Layout, name: string): Promise<Entry | undefined> {
  const wanted = name.normalize('NFC')
  return (await entries(layout)).find((entry) => sameName(entry.name, wanted))
}
