import type { BackendErrorCode, PythonBackend, PythonCalls } from '../../client/src/index.ts'
import type { Transport } from '../../contract/index.ts'
import type { Dice } from './dice.ts'
import type { Expected, Ledger } from './ledger.ts'

/** What an act has to work with: one client's place on one server. */
export interface Scene {
  readonly transport: Transport
  readonly backend: PythonBackend
  readonly calls: PythonCalls
  readonly dice: Dice
  readonly ledger: Ledger
  /** Where code leaves its marks. */
  readonly marks: string
  /** Follows a call in the books, with the excuses of this round. */
  readonly follow: <T>(what: string, call: Promise<T>, expected?: Expected<T>) => Promise<T | undefined>
}

/** Something that an app would do: a few calls, each followed to its end. */
export type Act = (scene: Scene) => Promise<void>

/** What everybody must be ready for while something is killed or hangs up. */
export const excusesOf: Readonly<Record<Hazard, readonly BackendErrorCode[]>> = {
  none: [],
  // The connection closes where the dead worker had read half a request, or written half a reply (docs/wire.md §5).
  worker: ['WORKER_LOST', 'HANDLE_NOT_FOUND', 'SESSION_NOT_FOUND', 'CONNECTION_LOST'],
  server: [
    'WORKER_LOST',
    'HANDLE_NOT_FOUND',
    'SESSION_NOT_FOUND',
    'CONNECTION_LOST',
    'CONNECTION_FAILED',
    'ENDPOINT_NOT_FOUND',
    'UNAUTHORIZED',
  ],
  'hang-up': ['CLOSED', 'CANCELLED', 'HANDLE_DISPOSED'],
}

/** What goes wrong in a round: nothing; a worker dies; a process that the server needs is killed; clients leave in mid-call. */
export type Hazard = 'none' | 'worker' | 'server' | 'hang-up'
