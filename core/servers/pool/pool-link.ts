import { isBackendError, PythonError } from '../../../client/src/errors.ts'
import type { BackendError } from '../../../client/src/errors.ts'
import { inlineAttachments } from '../../../client/src/values/inline-attachments.ts'
import type { JsonObject } from '../../../client/src/values/json.ts'
import { PipeTransport } from '../../../client/src/pipe/transport.ts'
import type { Reply } from '../../../client/src/transport.ts'
import { AppError, errorCodeSchema } from '../../../contract/index.ts'

/** Milliseconds for a pool on this machine to take a connection. */
const connectTimeoutMs = 10_000

const linkCodes = ['CONNECTION_FAILED', 'CONNECTION_LOST', 'CLOSED'] as const

/**
 * The host's own line to the pool of a server, of whatever transport: the same that clients of a pipe have. Of several workers it
 * turns to the one that knows what is asked for, and stays there.
 */
export interface PoolLink {
  /**
   * Resolves with the fields of the answer, bytes in place (docs/wire.md §2).
   * @param onEvent gets what the command tells before it answers. With it, an abort asks the worker to stop, and the answer to that
   * counts; without, the call rejects at once.
   * @param onSent gets the id by which `input`, `interrupt` and `cancel` name this call.
   * @throws AppError with the code of docs/wire.md §5 and Python's traceback in its details; the signal's reason
   */
  readonly ask: (
    command: string,
    payload: Readonly<Record<string, unknown>>,
    signal?: AbortSignal,
    onEvent?: (event: Readonly<Record<string, unknown>>) => void,
    onSent?: (requestId: number) => void,
  ) => Promise<Readonly<Record<string, unknown>>>
  /** Lets go of the socket; what is in flight rejects, and the worker is asked to stop it. */
  readonly close: () => void
}

/** Opens nothing yet: the first question does. */
export function poolLink({ path, token }: { readonly path: string; readonly token?: string | undefined }): PoolLink {
  const events = { workerLost: () => {}, unclaimed: () => {} }
  const to = (at: string) => new PipeTransport(() => Promise.resolve({ path: at, token }), events, connectTimeoutMs)
  let transport = to(path)
  return {
    async ask(command, payload, signal, onEvent, onSent) {
      const pass = onEvent && ((event: Reply) => onEvent(fieldsOf(event)))
      const send = () => transport.request(command, payload, [], signal, pass, onSent)
      try {
        return fieldsOf(await send())
      } catch (error) {
        const owner = ownerOf(error)
        if (owner === undefined) throw isBackendError(error) ? asAppError(error) : error
        transport.close()
        transport = to(owner)
      }
      try {
        return fieldsOf(await send())
      } catch (error) {
        throw isBackendError(error) ? asAppError(error) : error
      }
    },
    close: () => transport.close(),
  }
}

/** The address of the worker that knows what another one was asked for. */
function ownerOf(error: unknown): string | undefined {
  const owner = isBackendError(error, 'WRONG_WORKER') ? error.details['path'] : undefined
  return typeof owner === 'string' ? owner : undefined
}

function fieldsOf({ fields, attachments }: Reply): JsonObject {
  return inlineAttachments(fields, attachments) as JsonObject
}

/** True where not the worker answered so, but the line to it broke. */
export function isLinkDown(error: AppError): boolean {
  return isBackendError(error.cause, ...linkCodes)
}

/** Codes of the wire are codes of the contract; what happened on the way is a failure of the server. */
function asAppError(error: BackendError): AppError {
  const known = errorCodeSchema.safeParse(error.code)
  const traceback = error instanceof PythonError && error.traceback !== '' ? { traceback: error.traceback } : {}
  const otherwise = isBackendError(error, ...linkCodes) ? 'SERVER_FAILED' : 'INTERNAL'
  return new AppError(known.success ? known.data : otherwise, error.message, {
    hint: error.hint,
    details: { ...error.details, ...traceback },
    cause: error,
  })
}
