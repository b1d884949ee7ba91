import { rm } from 'node:fs/promises'
import { AppError } from '../../../contract/index.ts'
import type { JobContext } from '../../jobs/index.ts'
import { diskFull, fileFailure, hasErrno, stagingPath } from '../../storage/index.ts'
import { unpackedBytes } from '../archive/extract.ts'
import { commitRuntime } from './commit.ts'
import type { InstallDeps } from './plan.ts'
import { requireRoom, stageRuntime } from './stage.ts'
import type { VerifiedArchive } from './stage.ts'

/** From a verified archive to a runtime in place; the lock is the caller's. Whatever goes wrong, staging is empty again afterwards. */
export async function installVerified(
  deps: InstallDeps,
  archive: VerifiedArchive,
  context: JobContext,
): Promise<string> {
  await requireRoom(deps, archive.bytes, 0)
  const root = await stagingPath(deps.layout, 'runtime')
  try {
    const staged = await stageRuntime(deps, archive, root, context)
    context.progress({ fraction: 0.98, title: 'Putting Python in place' })
    await commitRuntime(deps, staged, context.signal)
    return staged.manifest.id
  } catch (error) {
    await rm(root, { recursive: true, force: true, maxRetries: 3 })
    throw error instanceof AppError ? error : await diskFailure(error, deps, archive)
  }
}

/** Patching and the manifest write a little, too; a disk may fill up at any time. */
async function diskFailure(error: unknown, deps: InstallDeps, { file }: VerifiedArchive): Promise<AppError> {
  const { home } = deps.layout
  if (!hasErrno(error, 'ENOSPC', 'EDQUOT')) return fileFailure(error, 'Could not install Python', home)
  return diskFull('Installing Python', home, await unpackedBytes(file), await deps.freeBytes(home))
}
