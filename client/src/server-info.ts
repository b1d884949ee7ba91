import type { ServerInfo } from './backend.ts'
import { BackendError } from './errors.ts'
import type { JsonObject } from './values/json.ts'

const protocol = 1

/** @throws BackendError PROTOCOL when the server speaks another version of the wire. */
export function serverInfo(pong: JsonObject): ServerInfo {
  const { protocol: spoken, python, pid, workers } = pong
  if (spoken !== undefined && spoken !== protocol) {
    throw new BackendError(
      'PROTOCOL',
      `The server speaks version ${String(spoken)} of the protocol, this client version ${protocol}.`,
      { hint: 'Update the older of the two.' },
    )
  }
  return {
    protocol,
    ...(typeof python === 'string' ? { python } : {}),
    ...(typeof pid === 'number' ? { pid } : {}),
    ...(typeof workers === 'number' && workers > 0 ? { workers } : {}),
  }
}
