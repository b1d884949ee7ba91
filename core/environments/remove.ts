import { AppError, adminEnvironmentName, sameName } from '../../contract/index.ts'
import type { JobContext } from '../jobs/index.ts'
import { isProtected } from './claim.ts'
import { discard } from './discard.ts'
import { findFolder } from './folders.ts'
import { folderState } from './leftovers.ts'
import { notFound } from './list.ts'
import { withEnvironmentLock } from './lock.ts'
import { readMarker, stopOrphan } from './marker.ts'
import type { Room } from './room.ts'

/** Deletes an environment, or what a killed creation left under its name. A folder that is not ours is not found. */
export async function remove(
  room: Room,
  name: string,
  context: JobContext,
): Promise<{ readonly name: string; readonly freedBytes: number }> {
  if (sameName(name, adminEnvironmentName)) throw isProtected('delete')
  if (!(await findFolder(room.layout, name))) throw await notFound(room, name)
  return withEnvironmentLock(room.layout, name, context, async () => {
    const folder = await findFolder(room.layout, name)
    if (!folder || (await folderState(folder.root)) === 'foreign') throw await notFound(room, name)
    refuseUsed(room, folder.name)
    if (context.signal.aborted) throw new AppError('CANCELLED', `Cancelled: deleting environment ${folder.name}`)
    context.progress({ fraction: null, title: `Deleting environment ${folder.name}` })
    await stopOrphan(await readMarker(folder.root))
    return { name: folder.name, freedBytes: await discard(room.layout, folder.root, room.platform) }
  })
}

function refuseUsed(room: Room, name: string): void {
  const servers = room.usedBy(name)
  if (servers.length === 0) return
  const named = servers.length === 1 ? `server ${servers[0]}` : `servers ${servers.join(', ')}`
  throw new AppError('IN_USE', `Environment ${name} is used by ${named}`, {
    hint: `Stop ${servers.length === 1 ? 'it' : 'them'} first: ${servers.map((server) => `\`beep-host stop ${server}\``).join(', ')}.`,
    details: { name, usedBy: [...servers] },
  })
}
