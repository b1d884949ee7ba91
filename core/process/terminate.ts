import type { Launched } from './launch.ts'
import { ProcessTree } from './process-tree.ts'

/** The rung of the ladder that ended the process; `gone`: it had ended before we asked. */
export type StopRung = 'gone' | 'ask' | 'terminate' | 'kill'

export interface StopReport {
  readonly rung: StopRung
  /** Pids that were still there at the end; empty is the proof that the tree is gone. */
  readonly survivors: readonly number[]
}

export interface StopGrace {
  /** Milliseconds for the polite request (stdin closes, which our servers take as the end); 0 leaves it out. */
  readonly askMs: number
  /** Milliseconds after SIGTERM. */
  readonly terminateMs: number
  /** Milliseconds after SIGKILL; what outlives that is stuck in the kernel. */
  readonly killMs: number
}

export const defaultGrace: StopGrace = { askMs: 2000, terminateMs: 2000, killMs: 3000 }

/** Milliseconds after which SIGKILL is sent again, for what was begun in the meantime. */
const killAgainMs = 250

/**
 * Stops a child and everything that stands on it: ask, then terminate, then kill, each to the whole tree. The tree is listed
 * anew on each rung, since a process that has left the group (setsid) is found only while its parent lives.
 */
export async function terminate(
  child: Pick<Launched, 'pid' | 'hasExited' | 'closeStdin'>,
  grace: StopGrace = defaultGrace,
): Promise<StopReport> {
  const tree = new ProcessTree(child.pid, child.hasExited)
  if ((await tree.look()).length === 0) return { rung: 'gone', survivors: [] }
  if (grace.askMs > 0) {
    child.closeStdin()
    if (await tree.isGoneWithin(grace.askMs)) return { rung: 'ask', survivors: [] }
  }
  await tree.signal('SIGTERM')
  if (await tree.isGoneWithin(grace.terminateMs)) return { rung: 'terminate', survivors: [] }
  const end = performance.now() + grace.killMs
  do {
    await tree.signal('SIGKILL')
  } while (!(await tree.isGoneWithin(killAgainMs)) && performance.now() < end)
  return { rung: 'kill', survivors: await tree.look() }
}

/**
 * Kills a whole process group, by the pid of the child that it began with: one that was proven to be ours just now, or that has
 * ended and left something behind. Unix only; on Windows there are no groups to go by.
 */
export function killGroup(pid: number): void {
  if (process.platform === 'win32') return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // ESRCH: nobody is left in the group, which is what we want.
  }
}
