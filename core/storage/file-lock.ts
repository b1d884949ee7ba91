import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import path from 'node:path'
import { AppError } from '../../contract/index.ts'
import { isSameProcess, processStart } from '../platform/index.ts'
import { fileFailure, hasErrno } from './file-failure.ts'

/** Who holds a lock, as written into it. */
export interface LockOwner {
  readonly pid: number
  readonly start: string | null
  readonly host: string
  readonly id: string
}

export interface LockOptions {
  readonly signal?: AbortSignal | undefined
  /** Milliseconds to wait for the holder. Default 5 minutes; 0 tries once. */
  readonly timeoutMs?: number
  /** Told once, when somebody else is found holding it. */
  readonly onWait?: ((owner: LockOwner | undefined) => void) | undefined
}

/** A holder on another machine (a shared disk) is known alive by its heartbeat only. */
const heartbeatMs = 5000
const heartbeatStaleMs = 30_000
const lookEveryMs = 100

/**
 * Takes a lock that other processes respect, waiting for its holder. A lock is a folder with its owner's identity in it,
 * put in place by one rename, so that it is never seen without its owner; Node has no flock. The lock of a dead process
 * is taken over at once.
 * @returns the release function.
 * @throws LOCKED when the wait is over, CANCELLED.
 */
export async function acquireLock(folder: string, options: LockOptions = {}): Promise<() => Promise<void>> {
  const me: LockOwner = {
    pid: process.pid,
    start: await processStart(process.pid),
    host: hostname(),
    id: randomBytes(8).toString('hex'),
  }
  const deadline = performance.now() + (options.timeoutMs ?? 5 * 60_000)
  let waited = false
  for (;;) {
    if (options.signal?.aborted) throw new AppError('CANCELLED', 'Cancelled while waiting for another process')
    if (await place(folder, me)) return heldLock(folder, me)
    const holder = await readOwner(folder)
    if (holder !== undefined && (await isStale(folder, holder))) {
      await breakLock(folder, holder)
      continue
    }
    if (!waited) options.onWait?.(holder)
    waited = true
    if (performance.now() >= deadline) throw locked(folder, holder)
    await pause(lookEveryMs, options.signal)
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

async function place(folder: string, me: LockOwner): Promise<boolean> {
  const temporary = `${folder}.${me.id}`
  try {
    await mkdir(path.dirname(folder), { recursive: true, mode: 0o700 })
    await mkdir(temporary, { mode: 0o700 })
    await writeFile(path.join(temporary, 'owner.json'), JSON.stringify(me))
    await rename(temporary, folder)
    return true
  } catch (error) {
    await rm(temporary, { recursive: true, force: true })
    // A folder that is not empty cannot be renamed onto: that is what "held" means here. Windows says EPERM.
    if (hasErrno(error, 'ENOTEMPTY', 'EEXIST') || (process.platform === 'win32' && hasErrno(error, 'EPERM', 'EACCES')))
      return false
    throw fileFailure(error, `Could not take the lock ${folder}`, folder)
  }
}

async function readOwner(folder: string): Promise<LockOwner | undefined> {
  try {
    return JSON.parse(await readFile(path.join(folder, 'owner.json'), 'utf8')) as LockOwner
  } catch {
    return undefined
  }
}

async function isStale(folder: string, holder: LockOwner): Promise<boolean> {
  if (holder.host === hostname()) return !(await isSameProcess(holder.pid, holder.start))
  const facts = await stat(path.join(folder, 'owner.json')).catch(() => undefined)
  return facts !== undefined && Date.now() - facts.mtimeMs > heartbeatStaleMs
}

/** Moves a dead owner's lock away; only one of several breakers can win the rename, and it looks at what it got. */
async function breakLock(folder: string, stale: LockOwner): Promise<void> {
  const away = `${folder}.stale-${randomBytes(6).toString('hex')}`
  try {
    await rename(folder, away)
  } catch {
    return
  }
  const got = await readOwner(away)
  // Between our look and our rename a live process may have taken the lock: give it back.
  if (got !== undefined && got.id !== stale.id) await rename(away, folder).catch(() => {})
  await rm(away, { recursive: true, force: true })
}

function heldLock(folder: string, me: LockOwner): () => Promise<void> {
  const beat = setInterval(() => {
    const now = new Date()
    void utimes(path.join(folder, 'owner.json'), now, now).catch(() => {})
  }, heartbeatMs).unref()
  return async () => {
    clearInterval(beat)
    if ((await readOwner(folder))?.id !== me.id) return
    const away = `${folder}.${me.id}.released`
    await rename(folder, away).catch(() => {})
    await rm(away, { recursive: true, force: true })
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
