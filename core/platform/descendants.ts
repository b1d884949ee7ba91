import { processTable } from './process-table.ts'
import type { ProcessRow } from './process-table.ts'

/** All processes that descend from a pid, or live in its group, the pid itself left out. Pure, for all three platforms. */
export function descendantsIn(table: readonly ProcessRow[], root: number): number[] {
  return treeRows(table, [root]).map((row) => row.pid)
}

/** The rows of everything that descends from these pids or lives in their groups, the pids themselves left out. */
export function treeRows(table: readonly ProcessRow[], roots: readonly number[]): ProcessRow[] {
  const byPid = new Map(table.map((row) => [row.pid, row]))
  const found = new Map<number, ProcessRow>()
  const queue = [...roots]
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const row of table) {
      if (roots.includes(row.pid) || found.has(row.pid)) continue
      if (row.group !== next && !(row.parent === next && !isOlder(row, byPid.get(next)))) continue
      found.set(row.pid, row)
      queue.push(row.pid)
    }
  }
  return [...found.values()]
}

/**
 * Windows never corrects the parent's pid of an orphan, so a stranger may come to bear it; but no child is older than its
 * parent. Only Windows and Linux tell starts that can be compared.
 */
function isOlder(child: ProcessRow, parent: ProcessRow | undefined): boolean {
  return Number(child.start) < Number(parent?.start)
}

/** Everything that stands on a process right now. */
export async function descendants(root: number): Promise<number[]> {
  return descendantsIn(await processTable(), root)
}
