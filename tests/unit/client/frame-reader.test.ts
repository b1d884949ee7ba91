import { describe, expect, it } from 'vitest'
import { FrameReader } from '../../../client/src/pipe/frame-reader.ts'
import type { Reply } from '../../../client/src/pipe/frame-reader.ts'
import { frame } from './wire-frames.ts'

/** Feeds the bytes as a socket would: at most `step` at a time, and never more than the reader has room for. */
function feed(reader: FrameReader, bytes: Buffer, step: number): void {
  for (let at = 0; at < bytes.length;) {
    const room = reader.nextBuffer()
    const count = bytes.copy(room, 0, at, Math.min(bytes.length, at + Math.min(step, room.length)))
    reader.received(count)
    at += count
  }
}

function read(bytes: Buffer, step = bytes.length): Reply[] {
  const replies: Reply[] = []
  feed(new FrameReader((reply) => replies.push(reply)), bytes, step)
  return replies
}

const bytes = (length: number): Uint8Array => Uint8Array.from({ length }, (_, place) => (place * 7) % 251)

describe('FrameReader', () => {
  it.each([1, 2, 3, 5, 11, 12, 13, 64, 1000])('puts frames together from pieces of %i bytes', (step) => {
    const stream = Buffer.concat([
      frame({ id: 1, value: 'é€😀' }),
      frame({ id: 2, data: { $type: 'bytes', attachment: 0 } }, bytes(300)),
      frame({ id: 3 }),
    ])
    const replies = read(stream, step)
    expect(replies.map((reply) => reply.fields['id'])).toEqual([1, 2, 3])
    expect(replies.map((reply) => reply.tagged)).toEqual([false, true, false])
    expect(replies[0]?.fields['value']).toBe('é€😀')
    expect(replies[1]?.attachments[0]).toEqual(bytes(300))
  })

  it('takes a thousand frames out of one piece', () => {
    const many = Buffer.concat(Array.from({ length: 1000 }, (_, id) => frame({ id, value: id })))
    expect(read(many).map((reply) => reply.fields['id'])).toEqual(Array.from({ length: 1000 }, (_, id) => id))
  })

  it('reads what remains of a large body in place, and never beyond its end', () => {
    const body = bytes(1_000_000)
    const replies: Reply[] = []
    const reader = new FrameReader((reply) => replies.push(reply))
    const stream = Buffer.concat([frame({ id: 1 }, body), frame({ id: 2 })])
    const start = stream.length - frame({ id: 2 }).length - body.length
    feed(reader, stream.subarray(0, start), 100)
    const room = reader.nextBuffer()
    expect(room.length).toBe(body.length)
    feed(reader, stream.subarray(start), 70_000)
    expect(replies.map((reply) => reply.fields['id'])).toEqual([1, 2])
    expect(replies[0]?.attachments[0]?.buffer).toBe(room.buffer)
    expect(Buffer.compare(replies[0]?.attachments[0] ?? new Uint8Array(), body)).toBe(0)
  })

  it('does not hand out memory that the next read changes', () => {
    const replies: Reply[] = []
    const reader = new FrameReader((reply) => replies.push(reply))
    feed(reader, frame({ id: 1 }, Uint8Array.of(1, 2, 3)), 1000)
    feed(reader, frame({ id: 2 }, Uint8Array.of(9, 9, 9)), 1000)
    expect([...(replies[0]?.attachments[0] ?? [])]).toEqual([1, 2, 3])
  })

  it('tells several attachments apart, empty ones included', () => {
    const [reply] = read(frame({ id: 1 }, bytes(3), new Uint8Array(), bytes(70_000)), 1000)
    expect(reply?.attachments.map((attachment) => attachment.length)).toEqual([3, 0, 70_000])
  })

  it('reads a header that is larger than any one read', () => {
    const [reply] = read(frame({ id: 1, value: 'x'.repeat(500_000) }), 65_536)
    expect(String(reply?.fields['value']).length).toBe(500_000)
  })

  it.each([
    ['a wrong magic', Buffer.from('HTTP/1.1 400 Bad Request')],
    ['a header that is no object', Buffer.concat([Buffer.from('BPF1\x02\0\0\0\0\0\0\0', 'latin1'), Buffer.from('[]')])],
    ['a header that is no JSON', Buffer.concat([Buffer.from('BPF1\x02\0\0\0\0\0\0\0', 'latin1'), Buffer.from('{]')])],
    ['an empty header', Buffer.from('BPF1\0\0\0\0\0\0\0\0', 'latin1')],
    ['a header that is too long', Buffer.from('BPF1\x01\0\0\x04\0\0\0\0', 'latin1')],
    ['a body that is too long', Buffer.from('BPF1\x02\0\0\0\x01\0\0\x40', 'latin1')],
    ['attachments that do not fill the body', mend(frame({ id: 1 }, bytes(8)), '[8]', '[7]')],
    ['a negative attachment', mend(frame({ id: 1 }, bytes(10), bytes(10)), '[10,10]', '[21,-1]')],
    ['a body without attachments', mend(frame({ id: 1 }, bytes(8)), 'attachments', 'attachment_')],
  ])('refuses %s', (_, stream) => {
    expect(() => read(stream)).toThrow(expect.objectContaining({ code: 'PROTOCOL' }))
    expect(() => read(stream, 1)).toThrow(expect.objectContaining({ code: 'PROTOCOL' }))
  })
})

function mend(stream: Buffer, from: string, to: string): Buffer {
  return Buffer.from(stream.toString('latin1').replace(from, to), 'latin1')
}
