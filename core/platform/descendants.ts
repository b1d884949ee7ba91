import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/** One row of the system's process table. */
export interface ProcessRow {
  readonly pid: number
  readonly parent: number
  readonly group: number
}

/** All processes that descend from a pid, or live in its group, the pid itself left out. Pure, for all three platforms. */
export function descendantsIn(table: readonly ProcessRow[], root: number): number[] {
  const found = new Set<number>()
  const queue = [root]
  for (const row of table) if (row.group === root && row.pid !== root) found.add(row.pid)
  queue.push(...found)
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const row of table) {
      if (row.parent !== next || row.pid === root || found.has(row.pid)) continue
      found.add(row.pid)
      queue.push(row.pid)
    }
  }
  return [...found]
}

/** `pid ppid pgid` rows, as `ps -A -o pid=,ppid=,pgid=` prints them. */
export function parsePs(text: string): ProcessRow[] {
  return text
    .split('\n')
    .map((line) => line.trim().split(/\s+/u).map(Number))
    .filter((row) => row.length >= 3 && row.every(Number.isInteger))
    .map(([pid = 0, parent = 0, group = 0]) => ({ pid, parent, group }))
}

/** `{"ProcessId","ParentProcessId"}` rows, as PowerShell's ConvertTo-Json prints them (one object where there is one row). */
export function parseWindowsProcesses(text: string): ProcessRow[] {
  const rows: unknown = JSON.parse(text)
  return (Array.isArray(rows) ? rows : [rows]).map((row: { ProcessId: number; ParentProcessId: number }) => ({
    pid: row.ProcessId,
    parent: row.ParentProcessId,
    group: 0,
  }))
}

function linuxTable(): ProcessRow[] {
  const rows: ProcessRow[] = []
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/u.test(entry)) continue
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8')
      const [state, parent, group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      if (state !== 'Z') rows.push({ pid: Number(entry), parent: Number(parent), group: Number(group) })
    } catch {
      // It ended between the listing and the look: no row.
    }
  }
  return rows
}

/** Everything that stands on a process right now. */
export async function descendants(root: number): Promise<number[]> {
  if (process.platform === 'linux') return descendantsIn(linuxTable(), root)
  if (process.platform === 'win32') {
    const query = 'Get-CimInstance Win32_Process | Select-Object ProcessId,ParentProcessId | ConvertTo-Json -Compress'
    const { stdout } = await execute('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', query], {
      timeout: 10_000,
      windowsHide: true,
    })
    return descendantsIn(parseWindowsProcesses(stdout), root)
  }
  const { stdout } = await execute('ps', ['-A', '-o', 'pid=,ppid=,pgid='], { timeout: 5000 })
  return descendantsIn(parsePs(stdout), root)
}
