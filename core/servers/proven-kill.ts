import { setTimeout as pause } from 'node:timers/promises'
import { descendants, isSameProcess, processStart } from '../platform/index.ts'

/** A process whose identity was recorded while it was ours. A pid alone may belong to anybody by now. */
export interface KnownProcess {
  readonly pid: number
  readonly start: string | null
}

const lookEveryMs = 20

export async function knownProcess(pid: number): Promise<KnownProcess> {
  return { pid, start: await processStart(pid) }
}

/**
 * Kills processes and what stands on them, each only where it is provably still the one that was recorded.
 * @returns the pids that are still there after `withinMs`.
 */
export async function killProven(known: readonly KnownProcess[], withinMs: number): Promise<readonly number[]> {
  const doomed = new Map<number, KnownProcess>()
  for (const process of known) {
    if (process.start === null || !(await isSameProcess(process.pid, process.start))) continue
    doomed.set(process.pid, process)
    for (const pid of await descendants(process.pid).catch(() => [])) {
      if (!doomed.has(pid)) doomed.set(pid, await knownProcess(pid))
    }
  }
  for (const { pid, start } of doomed.values()) if (await isSameProcess(pid, start)) kill(pid)
  const end = performance.now() + withinMs
  for (;;) {
    const left: number[] = []
    for (const { pid, start } of doomed.values()) if (await isSameProcess(pid, start)) left.push(pid)
    if (left.length === 0 || performance.now() >= end) return left
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
