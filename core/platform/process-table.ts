import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { z } from 'zod'
import { startTicks } from './process-identity.ts'
import { powershellArguments, windowsProgram } from './windows-program.ts'

const execute = promisify(execFile)

/** One row of the system's process table. Zombies have none: they only wait for their parent to look. */
export interface ProcessRow {
  readonly pid: number
  readonly parent: number
  /** Process group; 0 on Windows, which has none. */
  readonly group: number
  /** When it started, in the system's own words: equal for two looks at one process, and only then. */
  readonly start?: string
}

/** The columns that `parsePs` reads. */
const psColumns = 'pid=,ppid=,pgid=,stat=,lstart='

/** Rows as `ps -A -o pid=,ppid=,pgid=,stat=,lstart=` prints them; the last two may be missing. */
export function parsePs(text: string): ProcessRow[] {
  const rows: ProcessRow[] = []
  for (const line of text.split('\n')) {
    const [, pid, parent, group, state, start] =
      /^\s*(\d+)\s+(\d+)\s+(\d+)(?:\s+(\S+)(?:\s+(\S.*))?)?$/u.exec(line) ?? []
    if (pid === undefined || state?.startsWith('Z')) continue
    rows.push({
      pid: Number(pid),
      parent: Number(parent),
      group: Number(group),
      ...(start === undefined ? {} : { start: start.trim() }),
    })
  }
  return rows
}

const windowsRowSchema = z.object({
  ProcessId: z.number(),
  ParentProcessId: z.number(),
  /** FILETIME, as text: it does not fit a JSON number. */
  Start: z.string().nullish(),
})
const windowsRowsSchema = z.union([z.array(windowsRowSchema), windowsRowSchema])

const windowsQuery =
  'Get-CimInstance Win32_Process | Select-Object ProcessId,ParentProcessId,' +
  "@{n='Start';e={if($_.CreationDate){$_.CreationDate.ToFileTimeUtc().ToString()}}} | ConvertTo-Json -Compress"

/** Rows as PowerShell's ConvertTo-Json prints them (one object where there is one row). */
export function parseWindowsProcesses(text: string): ProcessRow[] {
  const rows = windowsRowsSchema.parse(JSON.parse(text))
  return (Array.isArray(rows) ? rows : [rows]).map((row) => ({
    pid: row.ProcessId,
    parent: row.ParentProcessId,
    group: 0,
    ...(row.Start ? { start: row.Start } : {}),
  }))
}

/** A row from the text of `/proc/<pid>/stat`; undefined for a zombie. Source: man 5 proc_pid_stat. */
export function parseLinuxStat(pid: number, stat: string): ProcessRow | undefined {
  const [state, parent, group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  if (state === 'Z') return undefined
  const start = startTicks(stat)
  return { pid, parent: Number(parent), group: Number(group), ...(start === null ? {} : { start }) }
}

/** Every process that this user can see right now. */
export async function processTable(): Promise<ProcessRow[]> {
  if (process.platform === 'linux') return linuxTable()
  if (process.platform === 'win32') {
    const { stdout } = await execute(windowsProgram('powershell'), powershellArguments(windowsQuery), {
      timeout: 10_000,
      windowsHide: true,
      maxBuffer: 16 * 1024 * 1024,
    })
    return parseWindowsProcesses(stdout)
  }
  // Fixed language and time zone: a start must read the same on the next look.
  const env = { LC_ALL: 'C', TZ: 'UTC', PATH: '/bin:/usr/bin' }
  const { stdout } = await execute('ps', ['-A', '-o', psColumns], {
    timeout: 5000,
    env,
    maxBuffer: 16 * 1024 * 1024,
  })
  return parsePs(stdout)
}

function linuxTable(): ProcessRow[] {
  const rows: ProcessRow[] = []
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/u.test(entry)) continue
    try {
      const row = parseLinuxStat(Number(entry), readFileSync(`/proc/${entry}/stat`, 'utf8'))
      if (row) rows.push(row)
    } catch {
      // It ended between the listing and the look: no row.
    }
  }
  return rows
}
