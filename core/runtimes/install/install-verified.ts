import { rm } from 'node:fs/promises'
import type { JobContext } from '../../jobs/index.ts'
import { stagingPath } from '../../storage/index.ts'
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
  } finally {
    await rm(root, { recursive: true, force: true, maxRetries: 3 })
  }
}
