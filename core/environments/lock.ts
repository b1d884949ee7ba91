import { createHash } from 'node:crypto'
import path from 'node:path'
import { AppError, isAppError } from '../../contract/index.ts'
import type { JobContext } from '../jobs/index.ts'
import type { Layout } from '../platform/index.ts'
import { acquireLock } from '../storage/index.ts'
import type { LockOptions } from '../storage/index.ts'

/** One lock for all names that a case-insensitive disk takes for the same. Hashed, since a name may fill a file name by itself. */
function lockFolder(layout: Layout, name: string): string {
  const key = name.normalize('NFC').toLocaleLowerCase('en')
  return path.join(layout.locks, `environment-${createHash('sha256').update(key).digest('hex').slice(0, 16)}`)
}

/**
 * Does work on an environment while no other process does any.
 * @throws LOCKED after five minutes, naming the holder; CANCELLED.
 */
export async function withEnvironmentLock<T>(
  layout: Layout,
  name: string,
  context: Pick<JobContext, 'signal' | 'progress'>,
  work: () => Promise<T>,
): Promise<T> {
  const title = `Waiting for another program that works on environment ${name}`
  const release = await take(layout, name, {
    signal: context.signal,
    onWait: () => context.progress({ fraction: null, title }),
  })
  try {
    return await work()
  } finally {
    await release()
  }
}

/** The same for two of them, taken in one order by everybody, so that nobody waits for each other. */
export function withEnvironmentLocks<T>(
  layout: Layout,
  names: readonly [string, string],
  context: Pick<JobContext, 'signal' | 'progress'>,
  work: () => Promise<T>,
): Promise<T> {
  const [first, second] = lockFolder(layout, names[0]) < lockFolder(layout, names[1]) ? names : names.toReversed()
  return withEnvironmentLock(layout, first!, context, () => withEnvironmentLock(layout, second!, context, work))
}

/** Does work if nobody else is at it right now; undefined if somebody is. */
export async function ifUnlocked<T>(layout: Layout, name: string, work: () => Promise<T>): Promise<T | undefined> {
  let release: () => Promise<void>
  try {
    release = await take(layout, name, { timeoutMs: 0 })
  } catch (error) {
    if (isAppError(error, 'LOCKED')) return undefined
    throw error
  }
  try {
    return await work()
  } finally {
    await release()
  }
}

async function take(layout: Layout, name: string, options: LockOptions): Promise<() => Promise<void>> {
  try {
    return await acquireLock(lockFolder(layout, name), options)
  } catch (error) {
    if (!isAppError(error, 'LOCKED')) throw error
    const pid = error.details?.['pid']
    const holder = pid === undefined ? 'another process' : `process ${String(pid)}`
    throw new AppError('LOCKED', `Environment ${name} is being worked on by ${holder}`, {
      hint: error.hint,
      details: { ...error.details, name },
    })
  }
}
