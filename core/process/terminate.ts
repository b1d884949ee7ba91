import { execFile } from 'node:child_process'
import { descendants, pidExists, processStart } from '../platform/index.ts'
import type { Launched } from './launch.ts'

/** The rung of the ladder that ended the process; `gone`: it had ended before we asked. */
export type StopRung = 'gone' | 'ask' | 'terminate' | 'kill'

export interface StopReport {
  readonly rung: StopRung
  /** Pids that were still there at the end; empty is the proof that the tree is gone. */
  readonly survivors: readonly number[]
}

export interface StopGrace {
  /** Milliseconds for the polite request (stdin closes, which our servers take as the end). */
  readonly askMs: number
  /** Milliseconds after SIGTERM. */
  readonly terminateMs: number
  /** Milliseconds after SIGKILL; what outlives that is stuck in the kernel. */
  readonly killMs: number
}

export const defaultGrace: StopGrace = { askMs: 2000, terminateMs: 2000, killMs: 3000 }

/** Milliseconds between looks while waiting for pids that are not our children (for our own child we get an event). */
const lookEveryMs = 20

interface Seen {
  readonly pid: number
  readonly start: string | null
}

/**
 * Stops a child and everything that stands on it: ask, then terminate, then kill, each to the whole tree. The tree is listed
 * anew on each rung, since a process that has left the group (setsid) is found only while its parent lives.
 */
export async function terminate(child: Launched, grace: StopGrace = defaultGrace): Promise<StopReport> {
  const tree = new Map<number, Seen>()
  const look = async () => {
    for (const pid of await descendants(child.pid).catch(() => [])) {
      if (!tree.has(pid)) tree.set(pid, { pid, start: await processStart(pid) })
    }
  }
  const left = async () => {
    const alive: number[] = child.hasExited() ? [] : [child.pid]
    for (const seen of tree.values()) if (await isThere(seen)) alive.push(seen.pid)
    return alive
  }
  const goneWithin = async (ms: number) => {
    const end = performance.now() + ms
    for (;;) {
      if ((await left()).length === 0) return true
      const rest = end - performance.now()
      if (rest <= 0) return false
      await Promise.race([child.hasExited() ? pause(lookEveryMs) : child.exited, pause(Math.min(lookEveryMs, rest))])
    }
  }

  await look()
  if ((await left()).length === 0) return { rung: 'gone', survivors: [] }
  child.closeStdin()
  if (await goneWithin(grace.askMs)) return { rung: 'ask', survivors: [] }
  await look()
  await signalTree(child, await left(), 'SIGTERM')
  if (await goneWithin(grace.terminateMs)) return { rung: 'terminate', survivors: [] }
  await look()
  await signalTree(child, await left(), 'SIGKILL')
  await goneWithin(grace.killMs)
  return { rung: 'kill', survivors: await left() }
}

/** Kills what is left of a tree whose root has ended by itself: its process group. Unix only; on Windows nothing is left to go by. */
export function killGroup(pid: number): void {
  if (process.platform === 'win32') return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // ESRCH: nobody is left in the group, which is what we want.
  }
}

async function isThere(seen: Seen): Promise<boolean> {
  if (!pidExists(seen.pid)) return false
  return seen.start === null || (await processStart(seen.pid)) === seen.start
}

async function signalTree(child: Launched, pids: readonly number[], signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (process.platform === 'win32') {
    // There are no signals: /T takes the tree as it stands, /F does not ask.
    const force = signal === 'SIGKILL' ? ['/F'] : []
    for (const pid of child.hasExited() ? pids : [child.pid]) await taskkill(['/PID', String(pid), '/T', ...force])
    return
  }
  for (const target of [...(child.hasExited() ? [] : [-child.pid]), ...pids]) {
    try {
      process.kill(target, signal)
    } catch {
      // Gone between the look and the signal.
    }
  }
}

function taskkill(args: readonly string[]): Promise<void> {
  return new Promise((resolve) => {
    execFile('taskkill.exe', [...args], { windowsHide: true }, () => resolve())
  })
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
