import { BackendError } from '../errors.ts'
import { isJsonObject } from '../values/json.ts'
import type { JsonObject } from '../values/json.ts'

/** Arrow's name for its IPC stream. */
export const arrowStream = 'application/vnd.apache.arrow.stream'
export const octets = 'application/octet-stream'

// docs/wire.md §6
const maxUploadBytes = 1024 * 1024 * 1024

export interface Upload {
  readonly path: '/arrays' | '/tables'
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/**
 * A `wrap` of one array or table as a body of bytes: nothing of it becomes text.
 * @throws BackendError TOO_LARGE
 */
export function uploadOf({ value, sessionId }: JsonObject, body: Uint8Array): Upload {
  if (body.byteLength > maxUploadBytes) {
    throw new BackendError('TOO_LARGE', `${body.byteLength} bytes are more than one call can carry.`, {
      hint: 'At most 1 GiB. Send it in slices.',
      details: { byteLength: body.byteLength, maxUploadBytes },
    })
  }
  const { $type, dtype, shape } = isJsonObject(value) ? value : {}
  const session: Record<string, string> = typeof sessionId === 'string' ? { 'x-beep-session': sessionId } : {}
  if ($type === 'table') return { path: '/tables', headers: { ...session, 'content-type': arrowStream }, body }
  const about = { 'x-beep-dtype': String(dtype), 'x-beep-shape': Array.isArray(shape) ? shape.join(',') : '' }
  return { path: '/arrays', headers: { ...session, 'content-type': octets, ...about }, body }
}
