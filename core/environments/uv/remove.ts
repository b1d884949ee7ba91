import { AppError } from '../../../contract/index.ts'
import type { CommandResult } from '../../../contract/index.ts'
import type { JobContext } from '../../jobs/index.ts'
import { folderSize } from '../../storage/index.ts'
import type { Room } from '../room.ts'
import { dropUv, uvFolders, withUvLock } from './folders.ts'
import { ownUvs } from './own.ts'

/** Removes what `installUv` has brought, and never another uv. @throws NOT_FOUND, IN_USE on Windows, LOCKED */
export function removeUv(room: Room, context: JobContext): Promise<CommandResult<'installer.removeUv'>> {
  const title = 'Removing uv'
  context.progress({ fraction: null, title })
  return withUvLock(room, context, async () => {
    const versions = (await ownUvs(room.layout, room.platform)).map(({ version }) => version)
    if (versions.length === 0) throw await noneOfOurs(room)
    let freedBytes = 0
    for (const root of await uvFolders(room)) {
      const bytes = await folderSize(root)
      await dropUv(room, root)
      freedBytes += bytes
    }
    return { versions, freedBytes }
  })
}

async function noneOfOurs(room: Room): Promise<AppError> {
  const { uv } = await room.tools.surveyUv()
  const hint = uv && `${uv.executable} is this machine’s own, and is not ours to remove.`
  return new AppError('NOT_FOUND', 'There is no uv here that this app has got', { hint })
}
