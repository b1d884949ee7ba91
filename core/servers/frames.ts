// The little that the host needs of the frame dialect (docs/wire.md §1.1): to ask for a ping. The whole of it is in client/.

const magic = Buffer.from('BPF1', 'latin1')
/** Magic, header length, body length. */
const prefixBytes = 12

export function encodeRequest(id: number, command: string, payload: Readonly<Record<string, unknown>> = {}): Buffer {
  const header = Buffer.from(JSON.stringify({ id, command, payload }), 'utf8')
  const prefix = Buffer.alloc(prefixBytes)
  magic.copy(prefix)
  prefix.writeUInt32LE(header.length, 4)
  return Buffer.concat([prefix, header])
}

export interface FrameReply {
  readonly header: Readonly<Record<string, unknown>>
  /** Bytes that the frame took up. */
  readonly bytes: number
}

/**
 * The first frame in what has been received, or undefined while it is not complete.
 * @throws Error where the bytes are no frame.
 */
export function readReply(received: Buffer): FrameReply | undefined {
  const seen = received.subarray(0, magic.length)
  if (!seen.equals(magic.subarray(0, seen.length))) throw new Error(`its answer is no frame: ${seen.toString('hex')}…`)
  if (received.length < prefixBytes) return undefined
  const headerBytes = received.readUInt32LE(4)
  const bytes = prefixBytes + headerBytes + received.readUInt32LE(8)
  if (received.length < bytes) return undefined
  const header: unknown = JSON.parse(received.toString('utf8', prefixBytes, prefixBytes + headerBytes))
  if (typeof header !== 'object' || header === null || Array.isArray(header))
    throw new Error('the header of its answer is no object')
  return { header: header as Record<string, unknown>, bytes }
}
