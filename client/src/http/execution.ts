import { onAbort } from '../abort.ts'
import { BackendError } from '../errors.ts'
import { collect, connectionError, openExchange } from './exchange.ts'
import type { HttpRequest } from './exchange.ts'
import { readReply } from './reply.ts'
import type { HttpTarget } from './reply.ts'
import { parseJsonObject } from '../values/json.ts'
import type { JsonObject } from '../values/json.ts'
import { linesOf } from './ndjson.ts'
import type { ExecutionListener, Reply } from '../transport.ts'
import { errorFromWire } from '../wire-error.ts'

/**
 * Sends an `execute` and reads its stream: a line of JSON for each event, and the reply last.
 * @param answer sends what answers a question of the code.
 * @throws BackendError
 */
export async function streamExecution(
  request: HttpRequest,
  target: HttpTarget,
  connectTimeoutMs: number,
  signal: AbortSignal,
  listener: ExecutionListener,
  answer: (given: JsonObject) => void,
): Promise<Reply> {
  const response = await openExchange(request, connectTimeoutMs, signal)
  const { statusCode: status = 0, headers } = response
  const gate = new Gate()
  const release = onAbort(signal, () => gate.open())
  try {
    // What failed before it had shown anything is answered as every other call.
    if (headers['content-type'] !== 'application/x-ndjson') {
      return readReply({ status, headers, body: await collect(response) }, false, target)
    }
    listener.started({
      answer: (text) => answer(text === null ? { eof: true } : { text }),
      pause: () => gate.close(),
      resume: () => gate.open(),
    })
    let reply: Reply | undefined
    for await (const line of linesOf(response)) {
      const fields = parseJsonObject(line)
      if (fields === undefined) throw noObject(line)
      if (typeof fields['event'] === 'string') listener.event(fields)
      else reply = { fields, attachments: [], tagged: line.includes('"$type"') }
      await gate.opened
    }
    if (reply === undefined) throw new Error('the stream ended before the reply')
    if ((reply.fields['error'] ?? undefined) !== undefined) throw errorFromWire(reply.fields)
    return reply
  } catch (error) {
    if (signal.aborted) throw signal.reason
    throw error instanceof BackendError ? error : connectionError(request, error)
  } finally {
    release()
  }
}

/** What has to wait while it is closed. */
class Gate {
  opened: Promise<void> | undefined
  #open: (() => void) | undefined

  close(): void {
    this.opened ??= new Promise((resolve) => (this.#open = resolve))
  }

  open(): void {
    this.#open?.()
    this.opened = undefined
  }
}

function noObject(line: string): BackendError {
  return new BackendError('PROTOCOL', 'The stream of an execution holds a line that is no JSON object.', {
    hint: 'Check that client and server are of the same version.',
    details: { beginning: line.slice(0, 200) },
  })
}
