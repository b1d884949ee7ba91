import { connectControl, ControlError } from '../client/src/control.ts'
import type { ControlClient } from '../client/src/control.ts'
import { AppError, errorCodeSchema } from '../contract/index.ts'
import type { CommandName } from '../contract/index.ts'
import type { Door, DoorEvent, Listening } from './door.ts'

/** What the client package needs to know of the commands: each is checked on the host's side and by `door.ts`. */
type AnyCommand = Record<CommandName, { readonly params: object; readonly result: unknown }>

/**
 * The door to the running host of a data root; undefined when none runs.
 * @throws AppError HOST_UNREACHABLE when its file cannot be used; TIMEOUT when it does not answer.
 */
export async function connectHost(home: string): Promise<Door | undefined> {
  const client = await translated(connectControl<AnyCommand>(home))
  return client && hostDoor(client)
}

function hostDoor(client: ControlClient<AnyCommand>): Door {
  return {
    kind: 'host',
    pid: client.instance.pid,
    ask: (name, params) => translated(client.call(name, params)),
    listen: (listener) => listen(client, listener),
    close: () => client.close(),
  }
}

async function listen(client: ControlClient<AnyCommand>, listener: (event: DoorEvent) => void): Promise<Listening> {
  const stop = new AbortController()
  const events = client.events({ signal: stop.signal })[Symbol.asyncIterator]()
  // The first event says that the host has us on its list.
  const first = await translated(events.next())
  if (first.done) throw new AppError('HOST_UNREACHABLE', 'The host is ending')
  const pump = async () => {
    for (;;) {
      const { done, value } = await events.next()
      if (done) return
      listener(value)
    }
  }
  // How it ended makes no difference: whoever listens goes on by asking.
  return { ended: pump().catch(() => {}), stop: () => stop.abort() }
}

async function translated<T>(promise: Promise<T>): Promise<T> {
  try {
    return await promise
  } catch (error) {
    throw error instanceof ControlError ? fromControlError(error) : error
  }
}

/** The host's own codes are those of the contract; what is none of them happened on the way. */
function fromControlError(error: ControlError): AppError {
  const code = errorCodeSchema.safeParse(error.code)
  const details = Object.keys(error.details).length === 0 ? undefined : error.details
  const hint = error.hint ?? (code.success ? undefined : 'See `beep-host status`, and logs/host.log in the data root')
  return new AppError(code.success ? code.data : 'HOST_UNREACHABLE', error.message, { hint, details, cause: error })
}
