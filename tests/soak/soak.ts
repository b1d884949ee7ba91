import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Transport } from '../../contract/index.ts'
import { createDice } from './dice.ts'
import { openHouse, transports } from './house.ts'
import { createInspection } from './inspection.ts'
import type { Growth } from './inspection.ts'
import { createLedger } from './ledger.ts'
import type { Ledger } from './ledger.ts'
import { placesPerClient, runRound } from './round.ts'
import type { Hazard } from './scene.ts'

export interface SoakOptions {
  readonly seed: string
  /** New rounds begin until then; absent: as many as `rounds` says. */
  readonly forMs?: number
  /** No more rounds than these; absent: as many as there is time for. */
  readonly rounds?: number
  /** The first round; an earlier run's says which one went wrong. */
  readonly from?: number
  readonly onRound?: (line: string) => void
}

export interface SoakReport {
  readonly rounds: number
  /** The server that has two workers. */
  readonly several: Transport
  readonly calls: number
  readonly marks: number
  readonly hazards: ReadonlyMap<string, number>
  readonly ends: Ledger['ends']
  readonly growth: readonly Growth[]
  /** Objects that clients left which hung up in mid-call. */
  readonly abandoned: number
  /** Of this process, with its clients and its supervisor, at the first inspection and at the last. */
  readonly own: readonly [first: number, last: number]
  /** With this house in their words or variables, before it was opened and after it was closed. */
  readonly processes: readonly [before: number, after: number]
  readonly violations: readonly string[]
}

/**
 * Servers of all transports under everything at once, round after round: what each client does, what strangers send and what is
 * killed follows from the seed. After each round all is inspected; at the end nothing may be left of it.
 */
export async function soak({
  seed,
  forMs = Infinity,
  rounds: most = Infinity,
  from = 1,
  onRound,
}: SoakOptions): Promise<SoakReport> {
  // Short: the path of a socket in it is limited.
  const folder = mkdtempSync(path.join(tmpdir(), 'bé s-'))
  const marks = path.join(folder, 'marks')
  writeFileSync(marks, '')
  // One of the two with a front has several workers; those of a pipe could not be asked together what they hold.
  const several = createDice(seed).for('workers').pick<Transport>(['http', 'rpc'])
  const house = openHouse(path.join(folder, 'home'), { [several]: 2 })
  const ledger = createLedger()
  const hazards = new Map<string, number>()
  const inspection = createInspection(house, ledger)
  const descriptors: number[] = []
  let rounds = 0
  try {
    await Promise.all(transports.map(house.start))
    const end = performance.now() + forMs
    for (let round = from; round === from || (rounds < most && performance.now() < end); round += 1) {
      const before = ledger.violations.length
      const dice = createDice(`${seed}/${round}`)
      const happened = await Promise.all(
        transports.map(async (transport): Promise<readonly [Transport, Hazard]> => {
          const hazard = await runRound({ house, ledger, dice: dice.for(transport), marks, transport })
          return [transport, hazard]
        }),
      )
      for (const [transport, hazard] of happened) {
        const looking = inspection.look(transport, hazard === 'hang-up' ? placesPerClient : 0)
        await looking.catch((error: Error) => ledger.violated(`${transport} could not be looked at: ${error.stack}`))
      }
      descriptors.push(ownDescriptors())
      if (ledger.waiting() > 0) ledger.violated(`${ledger.waiting()} calls still wait after round ${round}`)
      for (const [transport, hazard] of happened) {
        const key = `${transport}: ${hazard}`
        hazards.set(key, (hazards.get(key) ?? 0) + 1)
      }
      rounds += 1
      const news = ledger.violations.slice(before).map((violation) => `\n  ${violation}`)
      onRound?.(
        `round ${round}: ${happened.map((pair) => pair.join(' ')).join(', ')}; ${ledger.calls()} calls${news.join('')}`,
      )
    }
    await house.close()
    const left = processesWith(folder)
    if (left.length > 0) ledger.violated(`processes are left at the end: ${left.join(', ')}`)
    const [first = 0, last = first] = [descriptors[0], descriptors.at(-1)]
    if (last > first + 20) ledger.violated(`this process went from ${first} to ${last} descriptors`)
    const { ends, violations } = ledger
    const own = [first, last] as const
    const abandoned = inspection.abandoned()
    return {
      rounds,
      several,
      processes: [0, left.length],
      abandoned,
      calls: ledger.calls(),
      marks: ledger.checkMarks(marks),
      hazards,
      ends,
      growth: inspection.growth(),
      own,
      violations,
    }
  } finally {
    await house.close().catch(() => {})
    rmSync(folder, { recursive: true, force: true })
  }
}

function ownDescriptors(): number {
  return readdirSync('/proc/self/fd').length
}

/** Pids of what has this folder in its words or its variables. */
function processesWith(folder: string): number[] {
  const text = (pid: string, file: string) => {
    try {
      return readFileSync(`/proc/${pid}/${file}`, 'utf8')
    } catch {
      return '' // It has ended, or is somebody else's.
    }
  }
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/u.test(entry) && Number(entry) !== process.pid)
    .filter((pid) => ['cmdline', 'environ'].some((file) => text(pid, file).includes(folder)))
    .map(Number)
}
