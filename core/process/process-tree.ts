import { execFile } from 'node:child_process'
import { pidExists, processTable, treeRows, windowsProgram } from '../platform/index.ts'
import type { ProcessRow } from '../platform/index.ts'

/** Milliseconds between looks while waiting for pids that are not our children: for those there is no event. */
const lookEveryMs = 20

/**
 * A process and everything that stands on it. Once seen, a process is remembered by pid and start, wherever it moves (setsid)
 * and whatever becomes of its parent; a pid that somebody else bears by now is never signalled.
 */
export class ProcessTree {
  readonly #root: number
  readonly #rootEnded: () => boolean
  readonly #seen = new Map<number, ProcessRow>()

  constructor(root: number, rootEnded: () => boolean) {
    this.#root = root
    this.#rootEnded = rootEnded
  }

  /** Lists the tree anew. @returns the pids that are there right now. */
  async look(): Promise<number[]> {
    const table = await processTable().catch(() => undefined)
    if (table === undefined) return this.#probablyThere()
    const now = new Map(table.map((row) => [row.pid, row]))
    for (const [pid, row] of this.#seen) if (now.get(pid)?.start !== row.start || !now.has(pid)) this.#seen.delete(pid)
    const roots = [...this.#seen.keys()]
    // A group keeps its number from being given out again: if our root has ended and its pid is there, that is a stranger's.
    if (!this.#rootEnded() || !now.has(this.#root)) roots.push(this.#root)
    for (const row of treeRows(table, roots)) this.#seen.set(row.pid, row)
    return this.#pids()
  }

  /** True as soon as nothing of the tree is left; false when the time is up. */
  async isGoneWithin(ms: number): Promise<boolean> {
    const end = performance.now() + ms
    for (;;) {
      // The quick question first: a look costs a process on Windows and macOS.
      if (this.#probablyThere().length === 0 && (await this.look()).length === 0) return true
      const rest = end - performance.now()
      if (rest <= 0) return (await this.look()).length === 0
      await new Promise((resolve) => setTimeout(resolve, Math.min(lookEveryMs, rest)))
    }
  }

  /** Signals the whole tree, each process once. */
  async signal(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    await this.look()
    if (process.platform === 'win32') return await this.#taskkill(signal === 'SIGKILL')
    const rootIsThere = !this.#rootEnded()
    // The group first: it catches what was begun after the look, too.
    const wasGroupSignalled = rootIsThere && send(-this.#root, signal)
    if (rootIsThere && !wasGroupSignalled) send(this.#root, signal)
    for (const row of this.#seen.values()) {
      if (!(wasGroupSignalled && row.group === this.#root)) send(row.pid, signal)
    }
  }

  /** There are no signals on Windows: /T takes the tree as it stands, /F does not ask. */
  async #taskkill(force: boolean): Promise<void> {
    for (const pid of this.#pids()) {
      const args = ['/PID', String(pid), '/T', ...(force ? ['/F'] : [])]
      await new Promise<void>((resolve) => {
        execFile(windowsProgram('taskkill'), args, { windowsHide: true, timeout: 10_000 }, () => resolve())
      })
    }
  }

  #pids(): number[] {
    return [...(this.#rootEnded() ? [] : [this.#root]), ...this.#seen.keys()]
  }

  #probablyThere(): number[] {
    return this.#pids().filter((pid) => pid === this.#root || pidExists(pid))
  }
}

/** False if nobody was there, or nobody whom we may signal. */
function send(target: number, signal: 'SIGTERM' | 'SIGKILL'): boolean {
  try {
    return process.kill(target, signal)
  } catch {
    return false
  }
}
