import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { powershellArguments, windowsProgram } from './windows-program.ts'

const execute = promisify(execFile)

/**
 * The field of `/proc/<pid>/stat` that tells when a process started, in clock ticks since boot (man 5 proc_pid_stat, field 22).
 * The command name in field 2 may hold spaces and brackets, so counting starts after its last bracket.
 */
export function startTicks(stat: string): string | null {
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
}

/**
 * When a process started, as the system tells it: with the pid, the identity of a process, across reboots too.
 * Null: no such process, or no telling.
 */
export async function processStart(pid: number, platform: NodeJS.Platform = process.platform): Promise<string | null> {
  if (!isPid(pid)) return null
  try {
    if (platform === 'linux') {
      const ticks = startTicks(readFileSync(`/proc/${pid}/stat`, 'utf8'))
      return ticks === null ? null : `${bootId()}${ticks}`
    }
    if (platform === 'win32') {
      const query = `(Get-Process -Id ${pid}).StartTime.ToFileTimeUtc()`
      const { stdout } = await execute(windowsProgram('powershell'), powershellArguments(query), {
        timeout: 5000,
        windowsHide: true,
      })
      return stdout.trim() || null
    }
    // Fixed language and time zone: somebody who travels has not started a new process.
    const env = { LC_ALL: 'C', TZ: 'UTC', PATH: '/bin:/usr/bin' }
    const { stdout } = await execute('ps', ['-o', 'lstart=', '-p', String(pid)], { timeout: 5000, env })
    return stdout.trim() || null
  } catch {
    return null
  }
}

let own: Promise<string | null> | undefined

/** Our own start, asked of the system once: on Windows and macOS the question costs a process. */
export function ownStart(): Promise<string | null> {
  own ??= processStart(process.pid).then((start) => {
    // Not told this time is no reason never to ask again.
    if (start === null) own = undefined
    return start
  })
  return own
}

/** True while a process with this pid exists, zombies not counted where the system tells. */
export function pidExists(pid: number): boolean {
  // 0 and negative numbers would ask for whole groups, the first one being ours.
  if (!isPid(pid)) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  if (process.platform !== 'linux') return true
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat[stat.lastIndexOf(')') + 2] !== 'Z'
  } catch {
    return false
  }
}

/** True if the very process that was recorded is still there; where its start cannot be told, the pid alone decides. */
export async function isSameProcess(pid: number, start: string | null): Promise<boolean> {
  if (!pidExists(pid)) return false
  if (start === null) return true
  const now = pid === process.pid ? await ownStart() : await processStart(pid)
  return now === null ? pidExists(pid) : now === start
}

function isPid(pid: number): boolean {
  return Number.isInteger(pid) && pid > 0
}

let boot: string | undefined

/** Ticks count from the boot, and early services get the same pid at the same tick each time: so the boot counts, too. */
function bootId(): string {
  try {
    boot ??= `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').slice(0, 8)}.`
  } catch {
    boot = ''
  }
  return boot
}
