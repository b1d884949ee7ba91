import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { isBackendError } from '../../../client/src/errors.ts'
import { ArrayReceiver } from '../../../client/src/rpc/array.ts'
import { ChunkReader } from '../../../client/src/rpc/chunk-reader.ts'
import { encodeMessage } from '../../../client/src/rpc/protobuf-encode.ts'
import type { Reply } from '../../../client/src/transport.ts'

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

/** What comes of bytes that are cut at these places. */
function outcome(bytes: Uint8Array, cuts: readonly number[]): string {
  const array = new ArrayReceiver()
  const reader = new ChunkReader(array)
  try {
    for (const [index, from] of [0, ...cuts].entries()) reader.take(new Uint8Array(bytes.subarray(from, cuts[index])))
    reader.end()
    return told(array.reply())
  } catch (error) {
    return isBackendError(error) ? error.code : String(error)
  }
}

function told({ fields, attachments }: Reply): string {
  return `${JSON.stringify(fields)} ${Buffer.concat(attachments).toString('hex')}`
}

const refused = 'PROTOCOL'
const taken = told({
  fields: { data: { $type: 'array', attachment: 0, dtype: 'int16', shape: [3, 100] } },
  attachments: [sent],
  tagged: true,
})

const dtype = encodeMessage('ArrayChunk', { dtype: 'int16' })
const shape = encodeMessage('ArrayChunk', { shape: [3, 100] })
const head = Buffer.concat([dtype, shape])
const data = chunk(0, 600)
const unknown = Buffer.of(0x78, 0xff, 0x01, 0x7d, 1, 2, 3, 4, 0x72, 2, 9, 9)
const negative = Buffer.of(0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01)
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

  it('with fields that are not known', () => {
    for (const message of [
      [head, unknown, data],
      [unknown, head, data, unknown],
    ]) {
      for (const size of [1, 40, 1000]) expect(received(framed(Buffer.concat(message)), size)).toEqual(sent)
    }
  })

  it('with a long beginning in small pieces: of it no more is copied than what is kept', () => {
    const ones = 60_000
    const long = encodeMessage('ArrayChunk', { dtype: 'int16', shape: [3, 100, ...Array<number>(ones).fill(1)] })
    const skipped = Buffer.concat([Buffer.of(0x7a, 0x80, 0x80, 0x40), Buffer.alloc(2 ** 20)])
    const bytes = framed(Buffer.concat([skipped, long, data]))
    const array = new ArrayReceiver()
    const reader = new ChunkReader(array)
    const concat = vi.spyOn(Buffer, 'concat')
    onTestFinished(() => concat.mockRestore())
    for (let at = 0; at < bytes.byteLength; at += 1024) reader.take(bytes.subarray(at, at + 1024))
    reader.end()
    const joined = concat.mock.calls.flatMap(([pieces]) => pieces).reduce((sum, { byteLength }) => sum + byteLength, 0)
    expect(joined).toBeLessThan(3 * long.byteLength)
    expect(array.reply().attachments[0]).toEqual(sent)
    expect(array.reply().fields).toMatchObject({ data: { shape: { length: ones + 2 } } })
  })

  it.each([
    ['whole messages', whole, taken],
    ['fields that are not known', framed(Buffer.concat([unknown, head, unknown, data, unknown])), taken],
    ['a head alone', Buffer.concat([framed(head), framed(data)]), taken],
    ['a shape number by number', framed(Buffer.concat([dtype, Buffer.of(16, 3, 16, 100), data])), taken],
    ['a head that comes again', Buffer.concat([framed(head), framed(Buffer.concat([shape, data]))]), taken],
    ['data before all else', framed(Buffer.concat([data, head])), refused],
    ['a shape behind the data', framed(Buffer.concat([dtype, data, shape])), refused],
    ['a shape behind data that fill it', framed(Buffer.concat([dtype, chunk(0, 2), shape])), refused],
    ['data twice', framed(Buffer.concat([head, chunk(0, 300), chunk(300, 600)])), refused],
    ['data of a negative length', framed(Buffer.concat([head, Buffer.of(0x1a), negative, sent])), refused],
    ['a shape of a negative length', framed(Buffer.concat([dtype, Buffer.of(0x12), negative, data])), refused],
    ['something unknown of a negative length', framed(Buffer.concat([head, Buffer.of(0x7a), negative, data])), refused],
    ['data that are a number', framed(Buffer.concat([head, Buffer.of(0x18, 1)])), refused],
    ['data that go on behind their message', framed(Buffer.concat([head, data]), 0, 600), refused],
    ['a number without an end', framed(Buffer.concat([head, Buffer.alloc(12, 0xff), data])), refused],
    ['a kind of field that is none', framed(Buffer.concat([head, Buffer.of(0x7b), data])), refused],
    ['an empty message first', Buffer.concat([framed(Buffer.of()), whole]), refused],
    ['a message that stops', whole.subarray(0, 30), refused],
  ])('%s: the same wherever the pieces end', (_, bytes, expected) => {
    const places = [...bytes.keys()]
    expect(outcome(bytes, [])).toBe(expected)
    expect(outcome(bytes, places.slice(1))).toBe(expected)
    expect(places.filter((cut) => outcome(bytes, [cut]) !== expected)).toEqual([])
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
    ['a negative length', framed(encodeMessage('ArrayChunk', { dtype: 'int16', shape: [-1] }))],
    [
      'negative lengths that make a size',
      framed(encodeMessage('ArrayChunk', { dtype: 'int16', shape: [-2, -3], data: sent.subarray(12) })),
    ],
    [
      'nothing, and that with a negative length',
      framed(encodeMessage('ArrayChunk', { dtype: 'int16', shape: [0, -1] })),
    ],
    [
      'a length that is no number of ours',
      framed(Buffer.concat([dtype, Buffer.of(16), Buffer.alloc(8, 0x80), Buffer.of(0x10)])),
    ],
  ])('%s is refused', (_, bytes) => {
    for (const size of [1, 1000]) {
      expect(() => received(bytes, size)).toThrow(expect.objectContaining({ code: 'PROTOCOL' }))
    }
  })

  it.each([[[2 ** 46]], [[2 ** 52]], [[2 ** 30, 2 ** 30, 2 ** 30]]])(
    'an array of %j is more than memory holds',
    (lengths) => {
      const bytes = framed(encodeMessage('ArrayChunk', { dtype: 'float64', shape: lengths }))
      expect(() => received(bytes)).toThrow(
        expect.objectContaining({ code: 'PROTOCOL', message: expect.stringContaining('more than memory holds') }),
      )
    },
  )

  it('a message without an end that is no data is not kept', () => {
    const endless = Buffer.concat([framed(Buffer.of(0x0a, 0xff, 0xff, 0xff, 0x7f), 0, 2 ** 31), Buffer.alloc(2 ** 23)])
    expect(() => received(endless, 2 ** 20)).toThrow(expect.objectContaining({ code: 'PROTOCOL' }))
  })
})
