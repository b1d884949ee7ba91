import { BackendError } from './errors.ts'
import type { Reply } from './pipe/frame-reader.ts'
import type { JsonObject } from './values/json.ts'

export type { Reply }

/** One way to reach a server. The backend above it is the same for all. */
export interface Transport {
  readonly name: 'http' | 'pipe' | 'rpc'
  /** True: bytes and arrays travel beside the JSON. False: as base64 inside it, but for a `wrap` of nothing else. */
  readonly carriesAttachments: boolean
  /**
   * Sends one request; resolves with the answer when that is no error.
   * @param signal when aborted, the call rejects at once with its reason and the server is asked to stop.
   * @throws BackendError
   */
  request(
    command: string,
    payload: JsonObject,
    attachments: readonly Uint8Array[],
    signal: AbortSignal | undefined,
  ): Promise<Reply>
  /**
   * Runs code; resolves with the reply, after every event of it has been told. On a connection of its own, so that a
   * listener who is slow holds up nothing else.
   * @param command another one that tells events before it answers: long work of the host.
   */
  execute(
    payload: JsonObject,
    attachments: readonly Uint8Array[],
    signal: AbortSignal | undefined,
    listener: ExecutionListener,
    command?: string,
  ): Promise<Reply>
  /** The same kind of way to another address of the same server: the socket of a session. Absent where there is but one. */
  atPath?(path: string, events: TransportEvents): Transport
  /**
   * The server has several workers (docs/wire.md §2.7), and this is one of them.
   * @param holds it has an object of ours outside of all sessions: what comes shall be done there, too.
   */
  metWorker?(worker: number, holds: boolean): void
  /** Rejects every call in flight as CLOSED and asks the server to stop them. The transport stays usable. */
  abandon(): void
  /** Lets go of every socket. */
  close(): void
}

export interface ExecutionListener {
  /** Once, before the first event. */
  started(controls: ExecutionControls): void
  /** The event as the server sent it. */
  event(fields: JsonObject): void
}

export interface ExecutionControls {
  /** Answers what the code asks; null ends its input. */
  answer(text: string | null): void
  /** No further events until `resume`; the code waits before long. */
  pause(): void
  resume(): void
}

/** What a transport tells the backend without having been asked. */
export interface TransportEvents {
  /** The worker process died, and its handles are gone: of all workers where there is but one, else of this one. */
  workerLost(worker?: number): void
  /** A handle arrived that nobody waits for any more, as the answer to a call that was given up. */
  unclaimed(handleId: string): void
}

export function closedError(): BackendError {
  return new BackendError('CLOSED', 'This backend was closed.', { hint: 'Create another one for further calls.' })
}
