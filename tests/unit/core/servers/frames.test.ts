import { expect, test } from 'vitest'
import { encodeRequest, readReply } from '../../../../core/servers/frames.ts'

test('a request is laid out as the wire says', () => {
  const frame = encodeRequest(2, 'ping')
  const header = '{"id":2,"command":"ping","payload":{}}'
  expect(frame.subarray(0, 4).toString('latin1')).toBe('BPF1')
  expect(frame.readUInt32LE(4)).toBe(header.length)
  expect(frame.readUInt32LE(8)).toBe(0)
  expect(frame.toString('utf8', 12)).toBe(header)
})

test('a reply is read once it is whole, its body passed over', () => {
  const header = Buffer.from('{"id":2,"status":"ok"}')
  const prefix = Buffer.from('BPF1\0\0\0\0\0\0\0\0', 'latin1')
  prefix.writeUInt32LE(header.length, 4)
  prefix.writeUInt32LE(3, 8)
  const whole = Buffer.concat([prefix, header, Buffer.from('xyz')])
  for (let bytes = 0; bytes < whole.length; bytes += 1) expect(readReply(whole.subarray(0, bytes))).toBeUndefined()
  expect(readReply(Buffer.concat([whole, prefix]))).toEqual({ header: { id: 2, status: 'ok' }, bytes: whole.length })
})

test('what is no frame is said to be none, at its first byte', () => {
  expect(() => readReply(Buffer.from('H'))).toThrow(/no frame/)
  expect(() => readReply(Buffer.from('BPF1\x02\0\0\0\0\0\0\0[]', 'latin1'))).toThrow(/no object/)
})
