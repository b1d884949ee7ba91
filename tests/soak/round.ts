import { setTimeout as pause } from 'node:timers/promises'
import { connect } from '../../client/src/index.ts'
import type { BackendErrorCode, PythonBackend } from '../../client/src/index.ts'
import type { Transport } from '../../contract/index.ts'
import { acts, deadly } from './acts.ts'
import type { Dice } from './dice.ts'
import type { House } from './house.ts'
import type { Ledger } from './ledger.ts'
import { pipelineAt } from './pipeliner.ts'
import { excusesOf } from './scene.ts'
import type { Hazard, Scene } from './scene.ts'
import { strangerAt } from './strangers.ts'

const clientsPerServer = 2
/** Calls of one client at the same time come from this many places of the app. */
export const placesPerClient = 2
const actsPerPlace = 12
const strangersPerServer = 4
const pipelines = 3

export interface Round {
  readonly house: House
  readonly ledger: Ledger
  readonly dice: Dice
  readonly marks: string
  readonly transport: Transport
}

/** One server for a while: its clients, some strangers, and what goes wrong meanwhile. @returns what went wrong */
export async function runRound({ house, ledger, dice, marks, transport }: Round): Promise<Hazard> {
  const hazard: Hazard = dice.pick(['none', 'none', 'worker', 'worker', 'server', 'hang-up'])
  const excuses = new Set<BackendErrorCode>(excusesOf[hazard])
  const { endpoint } = await house.get(transport)
  if (!endpoint) throw new Error(`${transport} does not run`)
  const follow: Scene['follow'] = (what, call, expected = {}) =>
    ledger.follow(`${transport} ${what}`, call, expected, excuses)
  const backends = await Promise.all(
    Array.from({ length: clientsPerServer }, () => connect(transport, { home: house.home })),
  )
  const place = async (backend: PythonBackend, own: Dice) => {
    for (let act = 0; act < actsPerPlace; act += 1)
      await own.pick(acts)({ transport, backend, calls: backend, dice: own, ledger, marks, follow })
  }
  const places = backends.flatMap((backend, client) =>
    Array.from({ length: placesPerClient }, (_, index) => place(backend, dice.for(`client ${client}.${index}`))),
  )
  const strangers = Array.from({ length: strangersPerServer }, (_, index) =>
    strangerAt(endpoint, dice.for(`stranger ${index}`), ledger),
  )
  const path = endpoint.transport === 'pipe' ? endpoint.path : undefined
  const mayEnd = hazard === 'worker' || hazard === 'server'
  const pipeliners =
    path === undefined
      ? []
      : Array.from({ length: pipelines }, (_, index) => pipelineAt(path, dice.for(`pipeline ${index}`), ledger, mayEnd))
  const mishap = (async () => {
    await pause(dice.below(300)) // when it happens is chance, too; nothing is waited for
    await happen(hazard, { house, transport, dice, backends, follow })
  })()
  await Promise.all([...places, ...strangers, ...pipeliners, mishap])
  await Promise.all(backends.map((backend) => backend.close()))
  return hazard
}

interface Mishap {
  readonly house: House
  readonly transport: Transport
  readonly dice: Dice
  readonly backends: readonly PythonBackend[]
  readonly follow: Scene['follow']
}

async function happen(hazard: Hazard, { house, transport, dice, backends, follow }: Mishap): Promise<void> {
  const [first] = backends
  switch (hazard) {
    case 'none':
      return
    case 'hang-up':
      return first?.close()
    case 'server':
      return house.kill(transport, transport === 'pipe' || dice.chance(0.3) ? 'pool' : transport)
    case 'worker':
      if (dice.chance(0.4)) return house.kill(transport, 'worker')
      await follow('evaluate what kills its worker', first!.evaluate(dice.pick(deadly)), { fails: ['WORKER_LOST'] })
  }
}
