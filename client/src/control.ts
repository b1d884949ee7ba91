/// <reference lib="esnext.disposable" preserve="true" />
import { ControlError } from './control-error.ts'
import { HostClient } from './host-client.ts'
import { findInstance } from './instance.ts'
import type { Instance } from './instance.ts'

export { ControlError, findInstance }
export type { Instance }

/** What `call(name, params)` takes and gives, for a map `{ 'noun.verb': { params: …, result: … } }`. */
export type CommandParams<Entry> = Entry extends { readonly params: infer Params } ? Params : never
export type CommandResult<Entry> = Entry extends { readonly result: infer Result } ? Result : never

export interface ControlEvent {
  readonly revision: number
  readonly name: string
  readonly payload: unknown
}

export interface ControlOptions {
  readonly signal?: AbortSignal | undefined
}

/** A connection to the running host. `Commands` is a type only: the host checks what it gets. */
export interface ControlClient<Commands> extends AsyncDisposable {
  readonly instance: Instance
  /** @throws ControlError with the host's code when the command failed. */
  call<Name extends keyof Commands & string>(
    name: Name,
    params: CommandParams<Commands[Name]>,
    options?: ControlOptions,
  ): Promise<CommandResult<Commands[Name]>>
  /**
   * What happens in the host, as it happens, beginning with one event `open` (listening) or `gap` (what followed
   * `sinceRevision` is no longer kept: take a snapshot). Ends without an error when the signal is aborted, the client is
   * closed or the host goes away in good order.
   * @throws ControlError CONNECTION_LOST
   */
  events(options?: ControlOptions & { readonly sinceRevision?: number | undefined }): AsyncIterable<ControlEvent>
  close(): Promise<void>
}

/**
 * Connects to the host whose instance file is in `home`. Undefined when none runs: no file, nobody at the address, or
 * somebody else there, as after a crash.
 * @throws ControlError INSTANCE_INVALID; TIMEOUT when something listens there and does not answer.
 */
export async function connectControl<Commands>(home?: string): Promise<ControlClient<Commands> | undefined> {
  const instance = await findInstance(home)
  if (instance === undefined) return undefined
  const client = new HostClient<Commands>(instance)
  if (await client.isRightHost()) return client
  await client.close()
  return undefined
}
