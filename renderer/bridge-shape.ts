import type { AppEvent, CommandName, CommandParams, CommandReply } from '../contract/index.ts'

/** `connecting` is the first try; `lost` tries again by itself until it is `open` again. */
export type BridgeState = 'connecting' | 'open' | 'lost'

/** The way to the host: nobody but this file and its socket half knows which one it is. */
export interface Bridge {
  /** Rejects with an AppError: what the host answered, or HOST_UNREACHABLE or TIMEOUT when nothing came back. */
  readonly invoke: <N extends CommandName>(name: N, params: CommandParams<N>) => Promise<CommandReply<N>>
  /** Events in batches, in the order of their arrival. Returns the way to stop. */
  readonly onEvents: (listener: (events: readonly AppEvent[]) => void) => () => void
  /** Told at once how it stands, then at each change. */
  readonly onState: (listener: (state: BridgeState) => void) => () => void
}
