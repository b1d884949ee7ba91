import { connect } from '../../client/src/index.ts'
import type { Server, Transport } from '../../contract/index.ts'
import { eventually } from '../tools/eventually.ts'
import type { House, Role } from './house.ts'
import type { Ledger } from './ledger.ts'
import { descendantsOf, vitalsOf } from './vitals.ts'
import type { Vitals } from './vitals.ts'

/** Milliseconds. A session's process that does not become ready is ended after a minute. */
const patienceMs = 75_000
const hangUpPatienceMs = 5_000
/** What a process at rest may hold beyond what it held when it was first at rest: connections that are just closing, an idle thread. */
const slack = { descriptors: 6, threads: 6 }
/** Memory that an allocator keeps after large values is no leak; what grows from round to round passes this before long. */
const growthBytes = 96 * 2 ** 20

export interface Growth {
  readonly who: string
  readonly first: Vitals
  readonly last: Vitals
  readonly inspections: number
}

/** Looks at servers whose clients have all gone: nothing of what those had may be left. */
export interface Inspection {
  /** @param givenUp how many calls may have been given up by who hung up: an answer on its way then, which no server takes back, leaves its object. */
  readonly look: (transport: Transport, givenUp: number) => Promise<void>
  /** Objects that hung-up clients have left for good outside of sessions, over all. */
  readonly abandoned: () => number
  /** Of every process that was seen at rest more than once. */
  readonly growth: () => readonly Growth[]
}

/** Processes below those of a server that are none of its own. */
function straysOf({ processes }: Pick<Server, 'processes'>): number[] {
  const own = new Set(processes.map(({ pid }) => pid))
  return [...own].flatMap(descendantsOf).filter((pid) => !own.has(pid))
}

export function createInspection(house: House, ledger: Ledger): Inspection {
  const seen = new Map<number, Growth>()
  /** How many objects each server was seen to hold, and its workers: the next look compares with that, unless none of them is left. */
  const held = new Map<Transport, { readonly workers: ReadonlySet<number>; readonly handles: number }>()
  let abandoned = 0

  const examine = async (transport: Transport, role: Role, pid: number) => {
    const who = `${transport} ${role}`
    const known = seen.get(pid)
    const atRest = (now: Vitals) =>
      !known ||
      (now.descriptors <= known.first.descriptors + slack.descriptors &&
        now.threads <= known.first.threads + slack.threads)
    let now: Vitals | undefined
    await eventually(`${who} lets go`, () => atRest((now = vitalsOf(pid) ?? now)!), patienceMs).catch(() => {
      ledger.violated(`${who} (${pid}) went from ${JSON.stringify(known?.first)} to ${JSON.stringify(now)}`)
    })
    if (!now) return
    const first = known?.first ?? now
    if (now.residentBytes > first.residentBytes + growthBytes)
      ledger.violated(`${who} (${pid}) grew from ${first.residentBytes} to ${now.residentBytes} bytes`)
    seen.set(pid, { who, first, last: now, inspections: (known?.inspections ?? 0) + 1 })
  }

  /** The server, once a worker that was killed counts no more and the one in its place does. */
  const settled = async (transport: Transport) => {
    let server = await house.get(transport)
    const isSettled = async () => {
      server = await house.get(transport)
      return server.processes.every(({ pid }) => vitalsOf(pid) !== undefined) && straysOf(server).length === 0
    }
    await eventually('its processes are told', isSettled, patienceMs).catch(() => {})
    return server
  }

  return {
    async look(transport, givenUp) {
      const server = await settled(transport)
      const { state, processes } = server
      if (state !== 'running') return ledger.violated(`${transport} is ${state}`)
      const backend = await connect(transport, { home: house.home })
      try {
        await backend.initialize()
        const workers = new Set(processes.filter(({ role }) => role === 'worker').map(({ pid }) => pid))
        const last = held.get(transport)
        const before = last && [...workers].some((pid) => last.workers.has(pid)) ? last.handles : 0
        const left = async () => ({
          handles: (await backend.listHandles()).count - before,
          sessions: (await backend.listSessions()).length,
        })
        await eventually('sessions are gone', async () => (await left()).sessions === 0, patienceMs).catch(() => {})
        // Most that a hang-up has left goes at once. What stays is waited for no longer than it takes to be sure.
        const patience = givenUp > 0 ? hangUpPatienceMs : patienceMs
        await eventually('handles are gone', async () => (await left()).handles <= 0, patience).catch(() => {})
        const { handles, sessions } = await left()
        if (handles > givenUp || sessions > 0)
          ledger.violated(`${transport}: ${handles} handles and ${sessions} sessions are left`)
        abandoned += Math.max(handles, 0)
        held.set(transport, { workers, handles: before + handles })
        if ((await backend.evaluate('6 * 7')) !== 42) ledger.violated(`${transport} cannot reckon any more`)
      } finally {
        await backend.close()
      }
      const strays = () => straysOf(server)
      await eventually('no process is left over', () => strays().length === 0, patienceMs).catch(() =>
        ledger.violated(`${transport}: processes are left over: ${strays().join(', ')}`),
      )
      for (const { role, pid } of processes) await examine(transport, role, pid)
    },
    abandoned: () => abandoned,
    growth: () => [...seen.values()].filter(({ inspections }) => inspections > 1),
  }
}
