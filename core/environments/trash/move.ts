import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../../../contract/index.ts'
import { processStart } from '../../platform/index.ts'
import { fileFailure, hasErrno, patientRename, privateFolder, writeJson } from '../../storage/index.ts'
import { moveFailure } from '../discard.ts'
import type { Entry } from '../folders.ts'
import type { Room } from '../room.ts'
import { condemn, erase, trashEntries, trashEntry, trashKeptMs, withTrashLock } from './entries.ts'
import type { TrashEntry, TrashManifest } from './entries.ts'

export interface TrashFacts {
  readonly sizeBytes: number
  /** For a repair: see `repair` in the manifest. */
  readonly isRepair?: boolean
}

/**
 * Moves an environment into the trash, by one rename after its manifest is written: whatever ends this, it lies whole in one
 * place or in the other. The caller holds the environment's lock.
 * @returns the id
 * @throws IN_USE on Windows while a program holds files in it.
 */
export async function moveToTrash(room: Room, folder: Entry, facts: TrashFacts): Promise<string> {
  const now = Date.now()
  const manifest: TrashManifest = {
    version: 1,
    name: folder.name,
    removedAt: new Date(now).toISOString(),
    expiresAt: new Date(now + trashKeptMs).toISOString(),
    sizeBytes: facts.sizeBytes,
    ...(facts.isRepair ? { repair: { pid: process.pid, start: await processStart(process.pid) } } : {}),
  }
  const entry = trashEntry(room.layout, trashId(now))
  return withTrashLock(room.layout, async () => {
    await privateFolder(room.layout.trash)
    await mkdir(entry.place, { mode: 0o700 }).catch((error: unknown) => {
      throw fileFailure(error, `Could not make the folder ${entry.place}`, entry.place)
    })
    try {
      await writeJson(entry.manifestFile, manifest)
      await patientRename(folder.root, entry.content)
    } catch (error) {
      await erase(entry)
      throw error instanceof AppError ? error : moveFailure(error, folder.root, room.platform)
    }
    return entry.id
  })
}

/** Puts what lies in an entry back under its name, which is free, and forgets the entry. Under both locks. @returns its folder. */
export async function putBack(room: Room, entry: TrashEntry & { readonly manifest: TrashManifest }): Promise<Entry> {
  const { name } = entry.manifest
  const root = path.join(room.layout.environments, name)
  try {
    await patientRename(entry.content, root)
  } catch (error) {
    if (!hasErrno(error, 'ENOTEMPTY', 'EEXIST')) throw moveFailure(error, entry.content, room.platform)
    throw new AppError('NAME_TAKEN', `Something has just taken the place of environment ${name}: ${root}`, {
      details: { name, path: root },
    })
  }
  await erase(entry)
  return { name, root, isFolder: true }
}

/** Ends what a repair had moved aside: it lies in its place again. The name is free. */
export async function bringBack(room: Room, id: string): Promise<void> {
  await withTrashLock(room.layout, async () => {
    const entry = (await trashEntries(room.layout)).find((one) => one.id === id)
    if (entry?.state === 'whole' && entry.manifest) await putBack(room, { ...entry, manifest: entry.manifest })
  })
}

/** Ends what a repair had moved aside: kept like anything that was deleted, or gone for good. */
export async function endRepair(room: Room, id: string, fate: 'keep' | 'erase'): Promise<void> {
  const entry = await withTrashLock(room.layout, async () => {
    const found = (await trashEntries(room.layout)).find((one) => one.id === id)
    if (found && fate === 'keep') await settle(found)
    else if (found) await condemn(found)
    return found
  })
  if (entry && fate === 'erase') await erase(entry)
}

/** A repair has ended: what it had put aside is in the trash like anything else. Under the lock. */
export async function settle(entry: TrashEntry): Promise<void> {
  if (!entry.manifest) return
  const { repair: _ended, ...manifest } = entry.manifest
  await writeJson(entry.manifestFile, manifest)
}

/** Sorts by time; the rest tells two of one second apart. */
function trashId(now: number): string {
  const time = new Date(now)
    .toISOString()
    .replaceAll(/[-:]|\.\d+Z$/gu, '')
    .replace('T', '-')
  return `${time}-${randomBytes(3).toString('hex')}`
}
