import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { z } from 'zod'
import { kernelUnits } from './kernel-units.ts'
import type { KernelUnits } from './kernel-units.ts'
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
  /** Processor time that it has used since its start, in user and system together. */
  readonly cpuSeconds?: number
  /** Resident memory. */
  readonly memoryBytes?: number
}

/** The columns that `parsePs` reads. */
const psColumns = 'pid=,ppid=,pgid=,stat=,time=,rss=,lstart='

/** Rows as `ps -A -o` with these columns prints them; all after the group may be missing. `rss` is in KiB. */
export function parsePs(text: string): ProcessRow[] {
  const rows: ProcessRow[] = []
  for (const line of text.split('\n')) {
    const [, pid, parent, group, state, time, memory, start] =
      /^\s*(\d+)\s+(\d+)\s+(\d+)(?:\s+(\S+)\s+(\S+)\s+(\d+)(?:\s+(\S.*))?)?$/u.exec(line) ?? []
    if (pid === undefined || state?.startsWith('Z')) continue
    rows.push({
      pid: Number(pid),
      parent: Number(parent),
      group: Number(group),
      ...(start === undefined ? {} : { start: start.trim() }),
      ...(time === undefined ? {} : { cpuSeconds: parseCpuTime(time) }),
      ...(memory === undefined ? {} : { memoryBytes: Number(memory) * 1024 }),
    })
  }
  return rows
}

/** `1:02.34` (macOS: minutes, seconds, hundredths), `01:02:03` and `2-01:02:03` (elsewhere: days, hours, minutes, seconds). */
export function parseCpuTime(text: string): number {
  const [, days = '0', rest = ''] = /^(?:(\d+)-)?(.*)$/u.exec(text) ?? []
  const seconds = rest.split(':').reduce((sum, part) => sum * 60 + Number(part.replace(',', '.')), 0)
  return Number.isFinite(seconds) ? Number(days) * 86_400 + seconds : 0
}

const windowsRowSchema = z.object({
  ProcessId: z.number(),
  ParentProcessId: z.number(),
  /** FILETIME, as text: it does not fit a JSON number. */
  Start: z.string().nullish(),
  /** In 100 nanoseconds. */
  KernelModeTime: z.number().nullish(),
  UserModeTime: z.number().nullish(),
  /** Bytes. */
  WorkingSetSize: z.number().nullish(),
})
const windowsRowsSchema = z.union([z.array(windowsRowSchema), windowsRowSchema])

const windowsQuery =
  'Get-CimInstance Win32_Process | Select-Object ProcessId,ParentProcessId,' +
  'KernelModeTime,UserModeTime,WorkingSetSize,' +
  "@{n='Start';e={if($_.CreationDate){$_.CreationDate.ToFileTimeUtc().ToString()}}} | ConvertTo-Json -Compress"

/** Rows as PowerShell's ConvertTo-Json prints them (one object where there is one row). */
export function parseWindowsProcesses(text: string): ProcessRow[] {
  const rows = windowsRowsSchema.parse(JSON.parse(text))
  return (Array.isArray(rows) ? rows : [rows]).map((row) => ({
    pid: row.ProcessId,
    parent: row.ParentProcessId,
    group: 0,
    ...(row.Start ? { start: row.Start } : {}),
    ...(typeof row.KernelModeTime === 'number' && typeof row.UserModeTime === 'number'
      ? { cpuSeconds: (row.KernelModeTime + row.UserModeTime) / 1e7 }
      : {}),
    ...(typeof row.WorkingSetSize === 'number' ? { memoryBytes: row.WorkingSetSize } : {}),
  }))
}

/** A row from the text of `/proc/<pid>/stat`; undefined for a zombie. Source: man 5 proc_pid_stat. */
export function parseLinuxStat(pid: number, stat: string, units: KernelUnits): ProcessRow | undefined {
  // Field 3 is the first after the name, so field N is at N - 3.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [state, parent, group] = fields
  if (state === 'Z') return undefined
  const start = startTicks(stat)
  const field = (number: number) => Number(fields[number - 3])
  return {
    pid,
    parent: Number(parent),
    group: Number(group),
    ...(start === null ? {} : { start }),
    cpuSeconds: (field(14) + field(15)) / units.ticksPerSecond,
    memoryBytes: field(24) * units.pageBytes,
  }
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
  const units = kernelUnits()
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/u.test(entry)) continue
    try {
      const row = parseLinuxStat(Number(entry), readFileSync(`/proc/${entry}/stat`, 'utf8'), units)
      if (row) rows.push(row)
    } catch {
      // It ended between the listing and the look: no row.
    }
  }
  return rows
}
