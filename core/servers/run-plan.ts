import type { ExitReason, ServerSpec } from '../../contract/index.ts'
import type { Secrets } from '../events/index.ts'
import type { Layout } from '../platform/index.ts'
import type { StopGrace } from '../process/index.ts'
import type { FrontRole, Infrastructure, LaunchEnvironment, LaunchPlace, PoolAddress } from './launch-config.ts'
import type { WriteLog } from './server-process.ts'
import type { TreeStop } from './server-processes.ts'
import type { ControlAccess } from './types.ts'

export interface RunPlan {
  readonly spec: ServerSpec
  readonly target: LaunchEnvironment
  /** The front that stands before the pool, and what it runs in. */
  readonly front: { readonly role: FrontRole; readonly admin: LaunchEnvironment } | undefined
  readonly place: LaunchPlace
  readonly layout: Layout
  readonly address: PoolAddress
  readonly secrets: Secrets
  /** The host's door and what the code may ask there; undefined: nothing. */
  readonly control: (ControlAccess & Pick<Infrastructure, 'scope'>) | undefined
  /** What clients of the front must show; null: nothing. */
  readonly token: string | null
  /** Ports to try, in this order. */
  readonly ports: readonly number[]
  /** Ports of other servers of this host, with their names. */
  readonly taken: ReadonlyMap<number, string>
  /** For a front that did not get its port. */
  readonly grace: StopGrace
}

export interface RunHooks {
  readonly log: WriteLog
  /** The list of processes is another one. */
  readonly onProcesses: () => void
  readonly onWorkerLost: (exit: ExitReason) => void
}

export interface RunStop extends TreeStop {
  /** The pool's address answers nobody; the port can be bound. */
  readonly addressFree: boolean
  readonly portFree: boolean
}
