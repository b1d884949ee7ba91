import { setTimeout as pause } from 'node:timers/promises'
import type { z } from 'zod'
import { serverProcessSchema } from '../../contract/index.ts'
import { descendants, processStart } from '../platform/index.ts'
import { terminate } from '../process/index.ts'
import type { Launched, StopGrace, StopRung } from '../process/index.ts'
import { killRows, provenRows } from './proven-kill.ts'
import type { KnownProcess } from './proven-kill.ts'
import type { LaunchedRole } from './ready-line.ts'

export type ServerProcessEntry = z.infer<typeof serverProcessSchema>
export type ProcessRole = ServerProcessEntry['role']
export type RecordedProcess = KnownProcess & { readonly role: ProcessRole }

export interface TreeStop {
  /** The rung of the ladder that each launched process needed. */
  readonly rungs: readonly { readonly role: LaunchedRole; readonly rung: StopRung }[]
  /** Pids that are still there; empty is the proof. */
  readonly survivors: readonly number[]
}

/** Milliseconds for what has to be killed beside the ladders. */
const killMs = 3000
/** Milliseconds that a front has to go before its pool does: else it complains of having lost it, and tries to get it back. */
const headStartMs = 150

/** The start is asked for at once and awaited where it is needed: on Windows the answer takes a third of a second. */
interface Known extends ServerProcessEntry {
  readonly start: Promise<string | null>
}

/** The processes of one run: those we launched, and those that they told us of. */
export class ServerProcesses {
  readonly #launched = new Map<Launched, LaunchedRole>()
  /** By role, and of several workers by number. */
  readonly #known = new Map<string, Known>()
  readonly #onChange: () => void

  constructor(onChange: () => void) {
    this.#onChange = onChange
  }

  add(role: LaunchedRole, launched: Launched): void {
    this.#launched.set(launched, role)
    this.learn(role, launched.pid)
  }

  /** Takes note of a pid. (On Windows a venv's python.exe is a starter, and the process that serves is its child.) */
  learn(role: ProcessRole, pid: number, worker?: number): void {
    const key = keyOf(role, worker)
    if (this.#known.get(key)?.pid === pid) return
    const which = worker === undefined ? {} : { worker }
    this.#known.set(key, { role, pid, ...which, start: processStart(pid) })
    this.#onChange()
  }

  /** Takes note of a pid only if it stands on a process of ours: user code can print what it likes. */
  async learnOwn(role: ProcessRole, pid: number, worker?: number): Promise<void> {
    for (const { pid: root } of this.#launched.keys()) {
      if ((await descendants(root).catch((): number[] => [])).includes(pid)) return this.learn(role, pid, worker)
    }
  }

  forget(role: ProcessRole, pid: number, worker?: number): void {
    const key = keyOf(role, worker)
    if (this.#known.get(key)?.pid !== pid) return
    this.#known.delete(key)
    this.#onChange()
  }

  list(): ServerProcessEntry[] {
    const known = [...this.#known.values()].toSorted((one, other) => (one.worker ?? 0) - (other.worker ?? 0))
    return serverProcessSchema.shape.role.options.flatMap((role) =>
      known.filter((process) => process.role === role).map(({ start: _start, ...entry }) => entry),
    )
  }

  records(): Promise<readonly RecordedProcess[]> {
    const known = [...this.#known.values()]
    return Promise.all(known.map(async ({ role, pid, start }) => ({ role, pid, start: await start })))
  }

  /** Stops one process for good, and no longer counts it. */
  async drop(child: Launched, grace: StopGrace): Promise<void> {
    await terminate(child, grace)
    const role = this.#launched.get(child)
    this.#launched.delete(child)
    if (role !== undefined) this.forget(role, child.pid)
  }

  /** Stops everything, nearly at once, each by its own ladder. Only what survives stays listed: a pid is never signalled twice. */
  async stop(grace: StopGrace): Promise<TreeStop> {
    const halt = (isWanted: (role: LaunchedRole) => boolean) => {
      const children = [...this.#launched].filter(([, role]) => isWanted(role))
      return Promise.all(children.map(async ([child, role]) => ({ role, ...(await terminate(child, grace)) })))
    }
    // Looked up while everything still stands: a worker has a group of its own, and may outlive a pool that was killed.
    const known = await this.records()
    const rows = await provenRows(known, true).catch(() => [])
    const fronts = halt((role) => role !== 'pool')
    await Promise.race([fronts, pause(headStartMs)])
    const reports = [...(await halt((role) => role === 'pool')), ...(await fronts)]
    const left = await killRows(rows, killMs).catch(() => [])
    const survivors = [...new Set([...reports.flatMap((report) => report.survivors), ...left])]
    this.#launched.clear()
    for (const [key, { pid }] of this.#known) if (!survivors.includes(pid)) this.#known.delete(key)
    this.#onChange()
    return { rungs: reports.map(({ role, rung }) => ({ role, rung })), survivors }
  }
}

function keyOf(role: ProcessRole, worker: number | undefined): string {
  return worker === undefined ? role : `${role} ${worker}`
}
