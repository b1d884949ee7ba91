import { setTimeout as pause } from 'node:timers/promises'
import { isSameProcess, processTable, treeRows } from '../platform/index.ts'
import type { ProcessRow } from '../platform/index.ts'

/** A process whose identity was recorded while it was ours. A pid alone may belong to anybody by now. */
export interface KnownProcess {
  readonly pid: number
  readonly start: string | null
}

/** Milliseconds between two looks at the process table. */
const lookEveryMs = 50

/**
 * Those of the known processes that are provably still the ones that were recorded, and what stands on them. With
 * `justNow` also what a dead one has left in its group: later, a group of that number may be somebody else's.
 */
export async function provenRows(known: readonly KnownProcess[], justNow: boolean): Promise<readonly ProcessRow[]> {
  const table = await processTable()
  const roots: number[] = []
  for (const { pid, start } of known) {
    const isThere = table.some((row) => row.pid === pid)
    const isProven = isThere ? start !== null && (await isSameProcess(pid, start)) : justNow
    if (isProven) roots.push(pid)
  }
  return [...table.filter((row) => roots.includes(row.pid)), ...treeRows(table, roots)]
}

/**
 * Kills processes and what stands on them by now.
 * @returns the pids that are still there after `withinMs`.
 */
export async function killRows(rows: readonly ProcessRow[], withinMs: number): Promise<readonly number[]> {
  if (rows.length === 0) return []
  const end = performance.now() + withinMs
  const doomed = new Map(rows.map((row) => [row.pid, row]))
  for (;;) {
    const table = await processTable()
    const now = new Map(table.map((row) => [row.pid, row]))
    for (const [pid, row] of doomed) if (now.get(pid)?.start !== row.start || !now.has(pid)) doomed.delete(pid)
    for (const row of treeRows(table, [...doomed.keys()])) doomed.set(row.pid, row)
    if (doomed.size === 0 || performance.now() > end) return [...doomed.keys()]
    for (const pid of doomed.keys()) kill(pid)
    await pause(lookEveryMs)
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // Gone between the look and the signal.
  }
}
