import { lstat } from 'node:fs/promises'
import { AppError } from '../../contract/index.ts'
import { privateFolder } from '../storage/index.ts'

/**
 * Makes the folder of a socket, for its owner only. Where the data root's path is too long the folder lies in a shared
 * place such as /tmp, and there a link may have been put in the way by somebody else.
 * @throws PERMISSION_DENIED, PATH_UNUSABLE
 */
export async function socketFolder(folder: string, isShared: boolean): Promise<void> {
  await privateFolder(folder)
  if (!isShared || !(await lstat(folder)).isSymbolicLink()) return
  throw new AppError(
    'PERMISSION_DENIED',
    `${folder} is a link, and sockets are not put behind a link in a shared folder`,
    {
      hint: 'Remove it, or choose a data root with a shorter path, so that sockets fit into it.',
      details: { path: folder },
    },
  )
}
