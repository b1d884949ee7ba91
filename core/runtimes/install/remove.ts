import { rm } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../../../contract/index.ts'
import type { JobContext } from '../../jobs/index.ts'
import type { Layout } from '../../platform/index.ts'
import { folderSize, hasErrno } from '../../storage/index.ts'
import { makeFolders, moveAway, withRuntimeLock } from './commit.ts'

/**
 * Removes a managed runtime: gone with one rename, its bytes afterwards.
 * @returns the bytes that are free again
 * @throws IN_USE when the system holds its files, LOCKED, CANCELLED
 */
export async function removeManaged(layout: Layout, id: string, context: JobContext): Promise<number> {
  await makeFolders(layout)
  return await withRuntimeLock(layout, id, context, async () => {
    context.progress({ fraction: null, title: `Removing ${id}` })
    const away = await takeAway(layout, id)
    if (away === undefined) return 0
    const bytes = await folderSize(away)
    // What something still holds goes at the next start.
    await rm(away, { recursive: true, force: true, maxRetries: 3 }).catch(() => {})
    return bytes
  })
}

async function takeAway(layout: Layout, id: string): Promise<string | undefined> {
  try {
    return await moveAway(layout, path.join(layout.runtimes, id))
  } catch (error) {
    // Windows does not move a folder whose programs run.
    if (!hasErrno(error, 'EPERM', 'EACCES', 'EBUSY')) throw error
    throw new AppError('IN_USE', `The files of ${id} are being used`, {
      hint: 'Stop the servers and programs that run on it, and try again.',
      details: { id, errno: (error as NodeJS.ErrnoException).code },
      cause: error,
    })
  }
}
