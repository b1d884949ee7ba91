import { decodeValue } from '../../../client/src/values/decode.ts'
import { encodeValue } from '../../../client/src/values/encode.ts'
import type { HandleOwner } from '../../../client/src/handle.ts'

export const owner: HandleOwner = { dispose: () => Promise.resolve(), dropped() {} }

/** What travels: through JSON, with the attachments beside it. */
export function encode(value: unknown, carriesAttachments = true): { json: unknown; attachments: Uint8Array[] } {
  const attachments: Uint8Array[] = []
  const form = encodeValue(value, { owner, attachments: carriesAttachments ? attachments : undefined })
  return { json: JSON.parse(JSON.stringify(form)) as unknown, attachments }
}

export function roundTrip(value: unknown, carriesAttachments: boolean): unknown {
  const { json, attachments } = encode(value, carriesAttachments)
  return decodeValue(json, attachments)
}
