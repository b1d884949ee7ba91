import { AppError, adminEnvironmentName, sameName } from '../../contract/index.ts'
import type { CheckedParams, CommandResult } from '../../contract/index.ts'
import type { JobContext } from '../jobs/index.ts'
import { folderSize } from '../storage/index.ts'
import { isProtected, refuseUsed } from './claim.ts'
import { discard } from './discard.ts'
import { findFolder } from './folders.ts'
import { folderState } from './leftovers.ts'
import { find, notFound } from './list.ts'
import { withEnvironmentLock } from './lock.ts'
import { readMarker, stopOrphan } from './marker.ts'
import type { Room } from './room.ts'
import { moveToTrash } from './trash/move.ts'

/**
 * Moves an environment into the trash, or deletes it for good. What a killed creation left under its name holds nothing worth
 * keeping, and goes at once. A folder that is not ours is not found.
 */
export async function remove(
  room: Room,
  { name, permanent }: CheckedParams<'environments.remove'>,
  context: JobContext,
): Promise<CommandResult<'environments.remove'>> {
  if (sameName(name, adminEnvironmentName)) throw isProtected('delete')
  if (!(await findFolder(room.layout, name))) throw await notFound(room, name)
  return withEnvironmentLock(room.layout, name, context, async () => {
    const folder = await findFolder(room.layout, name)
    const state = folder && (await folderState(folder.root))
    if (!folder || state === 'foreign') throw await notFound(room, name)
    refuseUsed(room, folder.name)
    if (context.signal.aborted) throw new AppError('CANCELLED', `Cancelled: deleting environment ${folder.name}`)
    context.progress({ fraction: null, title: `Deleting environment ${folder.name}` })
    await stopOrphan(await readMarker(folder.root))
    if (permanent || state !== 'made') {
      const freedBytes = await discard(room.layout, folder.root, room.platform)
      return { name: folder.name, freedBytes, trashId: null }
    }
    const sizeBytes = (await find(room, folder.name))?.sizeBytes || (await folderSize(folder.root))
    return { name: folder.name, freedBytes: 0, trashId: await moveToTrash(room, folder, { sizeBytes }) }
  })
}
