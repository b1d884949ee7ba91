import { describe, expect, it } from 'vitest'
import { ArrayReceiver } from '../../../client/src/rpc/array.ts'
import { ChunkReader } from '../../../client/src/rpc/chunk-reader.ts'
import { encodeMessage } from '../../../client/src/rpc/protobuf-encode.ts'

const sent = Uint8Array.from({ length: 600 }, (_, index) => index % 251)

/** As gRPC sends a message. */
function framed(message: Uint8Array, flag = 0, length = message.byteLength): Buffer {
  const prefix = Buffer.of(flag, 0, 0, 0, 0)
  prefix.writeUInt32BE(length, 1)
  return Buffer.concat([prefix, message])
}

function chunk(from: number, to: number, first = false): Buffer {
  const data = sent.subarray(from, to)
  return encodeMessage('ArrayChunk', first ? { dtype: 'int16', shape: [3, 100], data } : { data })
}

/** What comes of bytes that arrive in pieces of this size. */
function received(bytes: Uint8Array, size = bytes.byteLength): Uint8Array | undefined {
  const array = new ArrayReceiver()
  const reader = new ChunkReader(array)
  for (let at = 0; at < bytes.byteLength; at += size) {
    const piece = new Uint8Array(bytes.subarray(at, at + size))
    reader.take(piece)
    piece.fill(0xff) // it is somebody else's by now
  }
  reader.end()
  const { fields, attachments } = array.reply()
  expect(fields).toEqual({ data: { $type: 'array', attachment: 0, dtype: 'int16', shape: [3, 100] } })
  return attachments[0]
}

const whole = Buffer.concat([
  framed(chunk(0, 1, true)),
  framed(chunk(1, 300)),
  framed(chunk(0, 0)),
  framed(chunk(300, 600)),
])

describe('a stream of array chunks', () => {
  it.each([1, 2, 3, 5, 7, 64, 299, 300, 301, whole.byteLength])('in pieces of %i bytes', (size) => {
    expect(received(whole, size)).toEqual(sent)
  })

  it('whose fields stand in another order, beside some that are not known', () => {
    const [head, data] = [encodeMessage('ArrayChunk', { dtype: 'int16', shape: [3, 100] }), chunk(0, 600)]
    const unknown = Buffer.of(0x78, 0xff, 0x01, 0x7d, 1, 2, 3, 4, 0x72, 2, 9, 9)
    for (const message of [
      [data, head],
      [head, unknown, data],
      [unknown, head, data, unknown],
    ]) {
      for (const size of [1, 40, 1000]) expect(received(framed(Buffer.concat(message)), size)).toEqual(sent)
    }
  })

  it.each([
    ['a compressed message', framed(chunk(0, 600, true), 1)],
    ['data beyond the end of its message', framed(chunk(0, 600, true), 0, 100)],
    ['more than the array holds', Buffer.concat([framed(chunk(0, 600, true)), framed(chunk(0, 1))])],
    ['less than the array holds', framed(chunk(0, 500, true))],
    ['half a message', whole.subarray(0, -1)],
    ['half of what stands before a message', Buffer.concat([whole, Buffer.of(0, 0)])],
    ['an array of nothing', framed(encodeMessage('ArrayChunk', { data: sent }))],
    ['no message of the service', framed(Buffer.of(0xff))],
    ['no message at all', new Uint8Array()],
  ])('%s is refused', (_, bytes) => {
    for (const size of [1, 1000]) {
      expect(() => received(bytes, size)).toThrow(expect.objectContaining({ code: 'PROTOCOL' }))
    }
  })

  it('a message without an end that is no data is not kept', () => {
    const endless = Buffer.concat([framed(Buffer.of(0x0a, 0xff, 0xff, 0xff, 0x7f), 0, 2 ** 31), Buffer.alloc(2 ** 23)])
    expect(() => received(endless, 2 ** 20)).toThrow(expect.objectContaining({ code: 'PROTOCOL' }))
  })
})
