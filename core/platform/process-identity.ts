import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/**
 * The field of `/proc/<pid>/stat` that tells when a process started, in clock ticks since boot (man 5 proc_pid_stat, field 22).
 * The command name in field 2 may hold spaces and brackets, so counting starts after its last bracket.
 */
export function startTicks(stat: string): string | null {
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
}

/** When a process started, as the system tells it: with the pid, the identity of a process. Null: no such process, or no telling. */
export async function processStart(pid: number, platform: NodeJS.Platform = process.platform): Promise<string | null> {
  try {
    if (platform === 'linux') return startTicks(readFileSync(`/proc/${pid}/stat`, 'utf8'))
    if (platform === 'win32') {
      const query = `(Get-Process -Id ${pid}).StartTime.ToFileTimeUtc()`
      const { stdout } = await execute('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', query], {
        timeout: 5000,
        windowsHide: true,
      })
      return stdout.trim() || null
    }
    const { stdout } = await execute('ps', ['-o', 'lstart=', '-p', String(pid)], {
      timeout: 5000,
      env: { LC_ALL: 'C', PATH: '/bin:/usr/bin' },
    })
    return stdout.trim() || null
  } catch {
    return null
  }
}

/** True while a process with this pid exists, zombies not counted where the system tells. */
export function pidExists(pid: number): boolean {
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
  const now = await processStart(pid)
  return now === null || now === start
}
