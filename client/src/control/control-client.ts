import type { Instance } from '../find/instance.ts'

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
