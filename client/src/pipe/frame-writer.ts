import { BackendError } from '../errors.ts'

// docs/wire.md §1.1
export const magic = 0x31465042 // 'BPF1' read as a little-endian number
export const prefixBytes = 12
export const maxHeaderBytes = 64 * 1024 * 1024
export const maxBodyBytes = 1024 * 1024 * 1024

// Up to here, copying the attachments behind the header is cheaper than a second buffer in the write.
const copyBelowBytes = 64 * 1024

/**
 * The buffers of one frame, in order. Small frames are one buffer; large attachments are not copied, so they must not
 * change until they are written.
 * @param header without `attachments`, which is added here.
 * @throws BackendError TOO_LARGE
 */
export function frameBuffers(
  header: Readonly<Record<string, unknown>>,
  attachments: readonly Uint8Array[],
): Uint8Array[] {
  const lengths = attachments.map((attachment) => attachment.byteLength)
  const bodyBytes = lengths.reduce((sum, length) => sum + length, 0)
  const text = JSON.stringify(lengths.length === 0 ? header : { ...header, attachments: lengths })
  const headerBytes = Buffer.byteLength(text)
  if (headerBytes > maxHeaderBytes || bodyBytes > maxBodyBytes) throw tooLarge(headerBytes, bodyBytes)
  const copied = bodyBytes <= copyBelowBytes
  const first = Buffer.allocUnsafe(prefixBytes + headerBytes + (copied ? bodyBytes : 0))
  first.writeUInt32LE(magic, 0)
  first.writeUInt32LE(headerBytes, 4)
  first.writeUInt32LE(bodyBytes, 8)
  first.write(text, prefixBytes, 'utf8')
  if (!copied) return [first, ...attachments]
  let at = prefixBytes + headerBytes
  for (const attachment of attachments) {
    first.set(attachment, at)
    at += attachment.byteLength
  }
  return [first]
}

function tooLarge(headerBytes: number, bodyBytes: number): BackendError {
  return new BackendError(
    'TOO_LARGE',
    `The arguments take ${headerBytes} + ${bodyBytes} bytes, more than one call can carry.`,
    {
      hint: 'Send numbers as typed arrays, or in several calls; at most 64 MiB of JSON and 1 GiB of arrays and bytes fit.',
      details: { headerBytes, bodyBytes, maxHeaderBytes, maxBodyBytes },
    },
  )
}
