import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../../../contract/index.ts'
import type { JobContext } from '../../jobs/index.ts'
import type { Layout } from '../../platform/index.ts'
import {
  fileFailure,
  hasErrno,
  patientRename,
  privateFolder,
  stagingPath,
  syncFolder,
  withLock,
} from '../../storage/index.ts'
import { readManaged } from '../manifest.ts'
import type { InstallDeps } from './plan.ts'
import type { StagedRuntime } from './stage.ts'

/** Milliseconds that one process waits for another that installs the same; a download over a slow line takes long, and the wait can be cancelled. */
const lockLimitMs = 60 * 60_000

/** Runs work that nobody else may do to this runtime at the same time, waiting for others where people can see it. */
export async function withRuntimeLock<T>(
  layout: Layout,
  id: string,
  context: JobContext,
  work: () => Promise<T>,
): Promise<T> {
  return await withLock(path.join(layout.locks, `runtime-${id}`), work, {
    signal: context.signal,
    timeoutMs: lockLimitMs,
    onWait: (owner) =>
      context.progress({
        fraction: null,
        title: 'Waiting for another process…',
        detail: `${owner ? `process ${owner.pid}` : 'it'} is working on ${id}`,
      }),
  })
}

/** True when the runtime is there, whole and sound. */
export async function isInstalled(layout: Layout, id: string): Promise<boolean> {
  const there = await readManaged(layout, id)
  return there !== undefined && there.problem === undefined
}

/** The folders that an install writes to. Links and renames need them on one volume, so they all lie in the data root. */
export async function makeFolders(layout: Layout): Promise<void> {
  await privateFolder(layout.home)
  for (const folder of [layout.runtimes, layout.cache, layout.staging, layout.locks]) {
    await mkdir(folder, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
      throw fileFailure(error, `Could not make the folder ${folder}`, folder)
    })
  }
}

/**
 * The one moment at which a runtime comes into being: a rename. What lay there before was broken, and is moved away first.
 * @throws PERMISSION_DENIED when something holds its files.
 */
export async function commitRuntime(
  deps: InstallDeps,
  { root, manifest }: StagedRuntime,
  signal: AbortSignal,
): Promise<void> {
  const { layout } = deps
  const final = path.join(layout.runtimes, manifest.id)
  // From here on it is quicker to finish than to undo.
  if (signal.aborted) throw new AppError('CANCELLED', 'Cancelled before Python was put in place; nothing is left of it')
  try {
    const old = await moveAway(layout, final)
    await deps.onPhase('replaced')
    await patientRename(root, final)
    await syncFolder(layout.runtimes)
    await deps.onPhase('committed')
    // What something still holds goes at the next start.
    if (old) await rm(old, { recursive: true, force: true, maxRetries: 3 }).catch(() => {})
  } catch (error) {
    throw error instanceof AppError ? error : fileFailure(error, `Could not put Python in place at ${final}`, final)
  }
}

/** Moves a runtime's folder into staging, from where it is deleted, now or at the next start. Undefined: there was none. */
export async function moveAway(layout: Layout, folder: string): Promise<string | undefined> {
  const away = await stagingPath(layout, `removed-${path.basename(folder)}`)
  try {
    await patientRename(folder, away)
  } catch (error) {
    if (hasErrno(error, 'ENOENT')) return undefined
    throw error
  }
  await syncFolder(layout.runtimes)
  return away
}
