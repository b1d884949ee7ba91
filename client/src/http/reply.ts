import { BackendError, UnauthorizedError } from '../errors.ts'
import type { HttpReply } from './response-reader.ts'
import { arrowStream, octets } from './upload.ts'
import { parseJsonObject } from '../values/json.ts'
import type { JsonObject } from '../values/json.ts'
import type { Reply } from '../transport.ts'
import { errorFromWire } from '../wire-error.ts'

export interface HttpTarget {
  readonly host: string
  readonly port: number
  /** Before every path, without a slash at its end. */
  readonly basePath: string
  readonly token: string | undefined
  /** Why there is no token, for the error that follows from it. */
  readonly tokenHint?: string | undefined
}

/** What a server answered; throws what stands for a refusal. */
export function readReply({ status, headers, body }: HttpReply, wantsBytes: boolean, target: HttpTarget): Reply {
  const ok = status >= 200 && status < 300
  if (ok && wantsBytes) {
    const data = formOf(headers)
    if (data !== undefined) return { fields: { data }, attachments: [body], tagged: true }
  }
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8')
  const fields = parseJsonObject(text)
  if (!ok) throw refusal(fields ?? {}, status, target)
  if (fields !== undefined) return { fields, attachments: [], tagged: text.includes('"$type"') }
  throw new BackendError('PROTOCOL', `The answer with status ${status} holds no JSON object.`, {
    hint: 'Check that the address is that of a Beep Python server.',
    details: { status, contentType: headers['content-type'], beginning: text.slice(0, 200) },
  })
}

/** What a body of bytes is; undefined for JSON. */
function formOf(headers: HttpReply['headers']): JsonObject | undefined {
  const type = headers['content-type']
  if (type?.startsWith(arrowStream)) return { $type: 'table', attachment: 0, rows: Number(headers['x-beep-rows']) }
  if (!type?.startsWith(octets)) return undefined
  const shape = String(headers['x-beep-shape'] ?? '')
    .split(',')
    .filter(Boolean)
    .map(Number)
  return { $type: 'array', attachment: 0, dtype: headers['x-beep-dtype'], shape }
}

function refusal(fields: JsonObject, status: number, target: HttpTarget): BackendError {
  const error = errorFromWire(fields, status)
  if (!(error instanceof UnauthorizedError) || error.hint !== undefined || target.tokenHint === undefined) return error
  return new UnauthorizedError(error.message, { hint: target.tokenHint, details: error.details })
}
