// As much of the D-Bus wire as two questions need. Source: D-Bus specification, "Message Protocol"; always little-endian.

export interface BusCall {
  readonly serial: number
  readonly destination: string
  readonly path: string
  readonly interface: string
  readonly member: string
  /** Texts are all that we send. */
  readonly args: readonly string[]
}

export interface BusReply {
  readonly replyTo: number
  readonly isError: boolean
  readonly body: Buffer
}

const methodCall = 1
const methodReturn = 2
const errorReply = 3
const replySerialField = 5

export function encodeCall(call: BusCall): Buffer {
  const body = new Writer()
  for (const arg of call.args) body.text(arg)
  const fields = new Writer()
  const field = (code: number, type: string, value: string) => {
    fields.align(8)
    fields.byte(code)
    fields.signature(type)
    if (type === 'g') fields.signature(value)
    else fields.text(value)
  }
  field(1, 'o', call.path)
  field(2, 's', call.interface)
  field(3, 's', call.member)
  field(6, 's', call.destination)
  if (call.args.length > 0) field(8, 'g', 's'.repeat(call.args.length))
  const message = new Writer()
  message.byte('l'.charCodeAt(0))
  message.byte(methodCall)
  message.byte(0)
  message.byte(1)
  message.uint32(body.length)
  message.uint32(call.serial)
  message.uint32(fields.length)
  message.raw(fields.buffer())
  message.align(8)
  message.raw(body.buffer())
  return message.buffer()
}

/** The first message of what has arrived, and how many bytes it took; undefined until it is whole. */
export function decodeMessage(
  data: Buffer,
): { readonly reply: BusReply | undefined; readonly bytes: number } | undefined {
  if (data.length < 16) return undefined
  const isLittle = data[0] === 'l'.charCodeAt(0)
  const uint32 = (at: number) => (isLittle ? data.readUInt32LE(at) : data.readUInt32BE(at))
  const fieldsEnd = 16 + uint32(12)
  const bodyStart = aligned(fieldsEnd, 8)
  const bytes = bodyStart + uint32(4)
  if (data.length < bytes) return undefined
  const type = data[1]
  if (type !== methodReturn && type !== errorReply) return { reply: undefined, bytes }
  const body = data.subarray(bodyStart, bytes)
  return { reply: { replyTo: replySerial(data, fieldsEnd, uint32), isError: type === errorReply, body }, bytes }
}

/** Of a reply whose body is a boolean, bare or in a variant. */
export function booleanIn(body: Buffer): boolean | undefined {
  if (body.length === 4) return body.readUInt32LE(0) === 1
  // A variant: length 1, "b", 0, one byte to the next multiple of four, the value.
  const isVariant = body.length === 8 && body.toString('latin1', 0, 3) === '\u0001b\0'
  return isVariant ? body.readUInt32LE(4) === 1 : undefined
}

function replySerial(data: Buffer, end: number, uint32: (at: number) => number): number {
  for (let at = 16; at < end;) {
    at = aligned(at, 8)
    const code = data[at]
    const signatureLength = data[at + 1] ?? 0
    const type = data.toString('latin1', at + 2, at + 2 + signatureLength)
    at += 2 + signatureLength + 1
    if (type === 'g') {
      at += 1 + (data[at] ?? 0) + 1
      continue
    }
    at = aligned(at, 4)
    if (code === replySerialField) return uint32(at)
    at += type === 'u' ? 4 : 4 + uint32(at) + 1
  }
  return 0
}

function aligned(at: number, to: number): number {
  return Math.ceil(at / to) * to
}

class Writer {
  readonly #parts: Buffer[] = []
  length = 0

  raw(part: Buffer): void {
    this.#parts.push(part)
    this.length += part.length
  }
  byte(value: number): void {
    this.raw(Buffer.from([value]))
  }
  uint32(value: number): void {
    this.align(4)
    const part = Buffer.alloc(4)
    part.writeUInt32LE(value)
    this.raw(part)
  }
  text(value: string): void {
    this.uint32(Buffer.byteLength(value))
    this.raw(Buffer.from(`${value}\0`))
  }
  signature(value: string): void {
    this.byte(value.length)
    this.raw(Buffer.from(`${value}\0`))
  }
  align(to: number): void {
    this.raw(Buffer.alloc(aligned(this.length, to) - this.length))
  }
  buffer(): Buffer {
    return Buffer.concat(this.#parts)
  }
}
