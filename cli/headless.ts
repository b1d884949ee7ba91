import { fromErrorInfo } from '../contract/index.ts'
import { createCore, startHost, version } from '../core/index.ts'
import type { Core } from '../core/index.ts'
import type { Door } from './door.ts'

export { layoutOf } from '../core/index.ts'

// The only file of this room that knows core. It is loaded when there is no host to ask, or when this process becomes one.

export interface HereOptions {
  readonly home: string
  readonly env: NodeJS.ProcessEnv
}

/** Core in this process, for one command. `readOnly` makes no folder and sweeps nothing. */
export async function openHere(options: HereOptions & { readonly readOnly: boolean }): Promise<Door> {
  // Bugs are told to the host's log, and here there is none.
  const log = options.env['BEEP_DEBUG'] ? (text: string) => void process.stderr.write(`${text}\n`) : undefined
  const core = await createCore({ ...options, log })
  return { ...doorOf(core), close: () => core.close() }
}

/** This process as the host, with its control door open. */
export interface OwnHost {
  readonly door: Door
  readonly pid: number
  readonly address: string
  readonly version: string
  /** Stops every server, verified, and closes the door. Safe to call again. */
  readonly close: () => Promise<void>
  /** Settles when it has closed, whoever asked for it. */
  readonly closed: Promise<void>
}

/** @throws AppError ALREADY_RUNNING */
export async function becomeHost(options: HereOptions & { readonly untilIdle: boolean }): Promise<OwnHost> {
  const host = await startHost(options)
  const { pid, address } = host.instance
  return { door: doorOf(host.core), pid, address, version, close: host.close, closed: host.closed }
}

function doorOf({ dispatch, events }: Core): Door {
  return {
    kind: 'here',
    pid: undefined,
    async ask(name, params) {
      const reply = await dispatch(name, params)
      if ('error' in reply) throw fromErrorInfo(reply.error)
      return reply.ok
    },
    async listen(listener) {
      const unsubscribe = events.subscribe(listener)
      const { promise: ended, resolve } = Promise.withResolvers<void>()
      return {
        ended,
        stop() {
          unsubscribe()
          resolve()
        },
      }
    },
    close: async () => {},
  }
}
