import { AppError } from '../../../contract/index.ts'
import type { Environment, TrashedEnvironment } from '../../../contract/index.ts'
import type { JobContext } from '../../jobs/index.ts'
import { folderSize } from '../../storage/index.ts'
import { makeWay, refuseUsed } from '../claim.ts'
import { get } from '../list.ts'
import { withEnvironmentLock } from '../lock.ts'
import type { Room } from '../room.ts'
import { condemn, erase, trashEntries, withTrashLock } from './entries.ts'
import type { TrashEntry, TrashManifest } from './entries.ts'
import { putBack } from './move.ts'

type Restorable = TrashEntry & { readonly manifest: TrashManifest }

/** What can be brought back, the newest first. Looks only. */
export async function listTrash(room: Room): Promise<readonly TrashedEnvironment[]> {
  return (await restorable(room)).map(asTrashed)
}

/** @throws NOT_FOUND */
export async function trashed(room: Room, id: string): Promise<TrashedEnvironment> {
  return asTrashed(await find(room, id))
}

/**
 * Brings a deleted environment back under its old name, in its old place: elsewhere it would not work.
 * @throws NOT_FOUND, NAME_TAKEN when the name is used again, IN_USE
 */
export async function restore(room: Room, id: string, context: JobContext): Promise<Environment> {
  const { name } = (await find(room, id)).manifest
  return withEnvironmentLock(room.layout, name, context, async () => {
    if (context.signal.aborted) throw new AppError('CANCELLED', `Cancelled: bringing environment ${name} back`)
    context.progress({ fraction: null, title: `Bringing environment ${name} back` })
    refuseUsed(room, name)
    await makeWay(room, name, {
      hint: 'Delete that first, which puts it into the trash, too; or clone it under another name, and then delete it.',
    })
    await withTrashLock(room.layout, async () => putBack(room, await find(room, id)))
    return get(room, name)
  })
}

/** Deletes for good everything that could be brought back. */
export async function emptyTrash(room: Room, context: JobContext): Promise<{ readonly freedBytes: number }> {
  const title = 'Emptying the trash'
  // Under the lock nobody is half-way through moving something in, which would look like remains.
  const found = await withTrashLock(room.layout, () => trashEntries(room.layout))
  const entries = found.filter((entry) => !entry.manifest?.repair)
  let freedBytes = 0
  for (const [index, entry] of entries.entries()) {
    if (context.signal.aborted) throw new AppError('CANCELLED', `Cancelled: ${title.toLowerCase()}`)
    const detail = entry.manifest?.name ?? entry.id
    context.progress({ fraction: index / entries.length, title, detail })
    const before = await folderSize(entry.place)
    await withTrashLock(room.layout, () => condemn(entry))
    await erase(entry)
    freedBytes += Math.max(0, before - (await folderSize(entry.place)))
  }
  return { freedBytes }
}

/** What a repair has put aside for a moment is not in the trash, as far as anybody is told. */
async function restorable(room: Room): Promise<Restorable[]> {
  const entries = await trashEntries(room.layout)
  return entries.filter((entry): entry is Restorable => entry.state === 'whole' && !entry.manifest?.repair)
}

async function find(room: Room, id: string): Promise<Restorable> {
  const entries = await restorable(room)
  const found = entries.find((entry) => entry.id === id)
  if (found) return found
  const there = entries.map((entry) => `${entry.id} (${entry.manifest.name})`).join(', ')
  throw new AppError('NOT_FOUND', `There is no ${id} in the trash`, {
    hint: there === '' ? 'The trash is empty.' : `There are: ${there}.`,
    details: { id },
  })
}

function asTrashed({ id, manifest }: Restorable): TrashedEnvironment {
  const { name, removedAt, expiresAt, sizeBytes } = manifest
  return { id, name, removedAt, expiresAt, sizeBytes }
}
