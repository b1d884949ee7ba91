import { readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { randomBytes } from 'node:crypto'
import { isSameProcess, processStart } from '../platform/index.ts'
import type { Layout } from '../platform/index.ts'
import { hasErrno } from './file-failure.ts'

/** Partial downloads are worth keeping for a while: the next try goes on where they stop. */
const partialDaysKept = 14

/**
 * A fresh name in the staging folder, which tells who works there: a later start deletes what belongs to nobody alive.
 * The folder itself is not made.
 */
export async function stagingPath(layout: Layout, what: string): Promise<string> {
  const start = (await processStart(process.pid)) ?? 'unknown'
  const owner = `${process.pid}~${start.replaceAll(/[^\dA-Za-z]/gu, '_')}`
  return path.join(layout.staging, `${what}~${owner}~${randomBytes(4).toString('hex')}`)
}

/** Deletes what interrupted work left behind. Nothing here was ever listed as installed, so nothing is lost. */
export async function sweepStaging(layout: Layout): Promise<readonly string[]> {
  const swept: string[] = []
  for (const entry of await list(layout.staging)) {
    const [, pid, start] = /~(\d+)~([^~]*)~[\da-f]{8}$/u.exec(entry) ?? []
    if (pid !== undefined && (await isOwnerAlive(Number(pid), start ?? 'unknown'))) continue
    await rm(path.join(layout.staging, entry), { recursive: true, force: true, maxRetries: 3 })
    swept.push(entry)
  }
  const oldest = Date.now() - partialDaysKept * 24 * 3600 * 1000
  for (const entry of await list(layout.cache)) {
    if (!/\.part(\.json)?$/u.test(entry)) continue
    const file = path.join(layout.cache, entry)
    const facts = await stat(file).catch(() => undefined)
    if (facts && facts.mtimeMs < oldest) await rm(file, { force: true })
  }
  return swept
}

async function isOwnerAlive(pid: number, start: string): Promise<boolean> {
  if (start === 'unknown') return isSameProcess(pid, null)
  const now = await processStart(pid)
  return now !== null && now.replaceAll(/[^\dA-Za-z]/gu, '_') === start
}

async function list(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (hasErrno(error, 'ENOENT')) return []
    throw error
  }
}
