import { mkdir, readdir, rename, rm, rmdir, stat, unlink, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../../contract/index.ts'
import { fileFailure, hasErrno } from './file-failure.ts'
import { newOwner, ownerInName, ownerState, ownerTag } from './owner-tag.ts'
import type { LockOwner } from './owner-tag.ts'
import { heartbeatMs, silenceWatch } from './heartbeat.ts'

export interface LockOptions {
  readonly signal?: AbortSignal | undefined
  /** Milliseconds to wait for the holder. Default 5 minutes; 0 tries once. */
  readonly timeoutMs?: number
  /** Told once, when somebody else is found holding it. */
  readonly onWait?: ((owner: LockOwner | undefined) => void) | undefined
}

/** Milliseconds between two looks while waiting: soon at first, for work that is short, and seldom later. */
const firstLookMs = 5
const lastLookMs = 100

/** What temporary folders begin with; sweep.ts finds those of the dead by it. */
export const lockDraftPrefix = '.taking~'

/**
 * Takes a lock that other processes respect, waiting for its holder. The lock of a dead process is taken over at once.
 *
 * Node has no flock. A lock is a folder with one file in it, whose name is its owner's identity. It is put in place by one
 * rename, which fails on a folder that is not empty; and it ends when that file is deleted, by its owner or by whoever found
 * its owner dead. Nobody can delete the wrong one, since no two owners have one name.
 * @returns the release function; calling it twice is harmless.
 * @throws LOCKED when the wait is over, CANCELLED.
 */
export async function acquireLock(folder: string, options: LockOptions = {}): Promise<() => Promise<void>> {
  const me = await newOwner()
  const deadline = performance.now() + (options.timeoutMs ?? 5 * 60_000)
  const isSilent = silenceWatch()
  let waited = false
  let lookMs = firstLookMs
  for (;;) {
    if (options.signal?.aborted) throw new AppError('CANCELLED', `Cancelled while waiting for ${path.basename(folder)}`)
    const holder = await readOwner(folder)
    if (holder === undefined) {
      if (await place(folder, me)) return heldLock(folder, me)
    } else {
      const state = await ownerState(holder)
      if (
        state === 'dead' ||
        (state === 'elsewhere' && isSilent(holder.id, await lastBeat(folder, holder), performance.now()))
      ) {
        await remove(folder, holder)
        continue
      }
    }
    if (!waited) options.onWait?.(holder)
    waited = true
    if (performance.now() >= deadline) throw locked(folder, holder)
    await pause(Math.min(lookMs, Math.max(1, deadline - performance.now())), options.signal)
    lookMs = Math.min(lookMs * 2, lastLookMs)
  }
}

/** Runs work under a lock. */
export async function withLock<T>(folder: string, work: () => Promise<T>, options: LockOptions = {}): Promise<T> {
  const release = await acquireLock(folder, options)
  try {
    return await work()
  } finally {
    await release()
  }
}

/** @returns false when somebody else was quicker. */
async function place(folder: string, me: LockOwner): Promise<boolean> {
  const draft = path.join(path.dirname(folder), `${lockDraftPrefix}${ownerTag(me)}`)
  try {
    await mkdir(draft, { recursive: true, mode: 0o700 })
    await writeFile(path.join(draft, ownerTag(me)), '')
    // Windows renames onto nothing that is there, not even an empty folder. On a held lock this does nothing.
    if (process.platform === 'win32') await rmdir(folder).catch(() => {})
    await rename(draft, folder)
    return true
  } catch (error) {
    await rm(draft, { recursive: true, force: true }).catch(() => {})
    if (hasErrno(error, 'ENOTEMPTY', 'EEXIST')) return false
    // Windows says so of a folder that is there, and of one that is being deleted.
    if (process.platform === 'win32' && hasErrno(error, 'EPERM', 'EACCES', 'EBUSY')) return false
    throw fileFailure(error, `Could not take the lock ${folder}`, folder)
  }
}

async function readOwner(folder: string): Promise<LockOwner | undefined> {
  const entries = await readdir(folder).catch((): string[] => [])
  return entries.map(ownerInName).find((owner) => owner !== undefined)
}

/** Ends the lock of this very owner; does nothing where it has ended. */
async function remove(folder: string, owner: LockOwner): Promise<void> {
  try {
    await unlink(path.join(folder, ownerTag(owner)))
  } catch (error) {
    if (!hasErrno(error, 'ENOENT', 'ENOTDIR')) throw fileFailure(error, `Could not free the lock ${folder}`, folder)
  }
  // An empty folder is a free lock, but a tidy one leaves nothing. Fails, as it should, where a new owner has moved in.
  await rmdir(folder).catch(() => {})
}

/** When an owner last gave a sign of life, by its own clock; undefined once its lock is gone. */
async function lastBeat(folder: string, owner: LockOwner): Promise<number | undefined> {
  const facts = await stat(path.join(folder, ownerTag(owner))).catch(() => undefined)
  return facts?.mtimeMs
}

function heldLock(folder: string, me: LockOwner): () => Promise<void> {
  const beat = setInterval(() => {
    const now = new Date()
    void utimes(path.join(folder, ownerTag(me)), now, now).catch(() => {})
  }, heartbeatMs).unref()
  return async () => {
    clearInterval(beat)
    await remove(folder, me)
  }
}

function locked(folder: string, holder: LockOwner | undefined): AppError {
  const who = holder ? `process ${holder.pid}` : 'another process'
  return new AppError('LOCKED', `${path.basename(folder)} is being worked on by ${who}`, {
    hint: 'Wait until it has finished, or end it, and try again.',
    details: { lock: folder, ...(holder ? { pid: holder.pid } : {}) },
  })
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms)
    function done() {
      signal?.removeEventListener('abort', done)
      clearTimeout(timer)
      resolve()
    }
    signal?.addEventListener('abort', done, { once: true })
  })
}
