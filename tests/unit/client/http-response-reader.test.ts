import { describe, expect, it } from 'vitest'
import { HttpResponseReader } from '../../../client/src/http/response-reader.ts'
import type { HttpReply } from '../../../client/src/http/response-reader.ts'

/** Feeds the bytes in pieces of this size, into wherever the reader wants them. */
function read(text: string | Buffer, pieceBytes = Infinity, ends = false): HttpReply | undefined {
  const reader = new HttpResponseReader()
  const bytes = Buffer.from(text)
  let reply: HttpReply | undefined
  for (let at = 0; at < bytes.length;) {
    const place = reader.nextBuffer()
    const count = Math.min(place.length, pieceBytes, bytes.length - at)
    bytes.copy(place, 0, at, at + count)
    at += count
    reply = reader.received(count) ?? reply
  }
  return ends ? (reader.ended() ?? reply) : reply
}

const textOf = (reply: HttpReply | undefined): string | undefined => reply && Buffer.from(reply.body).toString()

describe('HttpResponseReader', () => {
  const sized =
    'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-A: 1\r\nx-a: 2\r\nContent-Length: 7\r\n\r\n{"a":1}'

  it.each([1, 2, 3, 50, Infinity])('a body of known length, in pieces of %s bytes', (pieceBytes) => {
    const reply = read(sized, pieceBytes)
    expect(reply?.status).toBe(200)
    expect(reply?.headers).toMatchObject({ 'content-type': 'application/json', 'x-a': '1, 2' })
    expect(textOf(reply)).toBe('{"a":1}')
  })

  it.each([1, 2, 5, Infinity])('chunks and trailers, in pieces of %s bytes', (pieceBytes) => {
    const chunked =
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA;note=x\r\n0123456789\r\n0\r\nX-T: 1\r\n\r\n'
    expect(textOf(read(chunked, pieceBytes))).toBe('abc0123456789')
  })

  it.each([1, 1000, Infinity])('a large body in memory of its own, in pieces of %s bytes', (pieceBytes) => {
    const body = Buffer.alloc(pieceBytes === 1 ? 70_000 : 1_000_000, 'large')
    const reply = read(
      Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n`), body]),
      pieceBytes,
    )
    expect(reply?.body.byteOffset).toBe(0)
    expect(reply?.body.buffer.byteLength).toBe(body.length)
    expect(body.equals(reply?.body ?? new Uint8Array())).toBe(true)
  })

  it('one answer after another, after what is said in between', () => {
    const reader = new HttpResponseReader()
    const take = (text: string): HttpReply | undefined => reader.received(reader.nextBuffer().write(text))
    expect(textOf(take(`HTTP/1.1 100 Continue\r\n\r\n${sized}`))).toBe('{"a":1}')
    expect(take('HTTP/1.1 204 No Content\r\n\r\n')).toMatchObject({ status: 204, body: new Uint8Array() })
    expect(take('HTTP/1.1 499 \r\ncontent-length: 0\r\n\r\n')?.status).toBe(499)
    expect(textOf(take(sized))).toBe('{"a":1}')
  })

  it('what has neither length nor chunks ends with the connection, and nothing else does', () => {
    expect(textOf(read('HTTP/1.0 200 OK\r\n\r\nall there is', 5, true))).toBe('all there is')
    expect(read(sized.slice(0, -1), 5, true)).toBeUndefined()
    expect(read('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n', 5, true)).toBeUndefined()
  })

  it.each([
    'BPF1 this is a pipe\r\n\r\n',
    'HTTP/1.1 200 OK\r\nno colon\r\n\r\n',
    'HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n',
    'HTTP/1.1 200 OK\r\ncontent-length: 1, 1\r\n\r\n',
    'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\n',
    'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\nabc\r\n',
    `${sized}HTTP/1.1 200 OK`,
    `HTTP/1.1 200 OK\r\n${'x: y\r\n'.repeat(20_000)}`,
  ])('refuses %j', (text) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ code: 'PROTOCOL' }))
  })
})
