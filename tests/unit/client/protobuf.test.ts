import { describe, expect, it } from 'vitest'
import { decodeMessage } from '../../../client/src/rpc/protobuf-decode.ts'
import { encodeMessage } from '../../../client/src/rpc/protobuf-encode.ts'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const bytes = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex')

describe('messages as bytes', () => {
  // What protoc's own code makes of them.
  it.each([
    ['HealthRequest', {}, ''],
    ['EvaluateRequest', { expression: 'é', localsJson: '' }, '0a02c3a9'],
    ['EvaluateRequest', { attachments: [Uint8Array.of(1, 2), new Uint8Array()] }, '82010201028201 00'],
    ['GetArrayRequest', { handleId: 'h', twoDimensional: true }, '0a0168 1001'],
    ['GetArrayRequest', { twoDimensional: false }, ''],
    ['ArrayChunk', { dtype: 'u', shape: [3, 300, 2 ** 40] }, '0a0175 12 09 03 ac02 808080808020'],
    ['EvaluateResponse', { valueJson: '', typeName: 'x' }, '0a00 1a0178'],
    ['EvaluateResponse', { handle: { handleId: 'h', shape: [0] } }, '12 06 0a0168 220100'],
    ['HealthResponse', { pid: 2 ** 32 }, '18 8080808010'],
    ['ListHandlesRequest', { limit: -1, sessionId: 's' }, '08 ffffffffffffffffff01 8a01 0173'],
    ['OpenSessionRequest', { leaseSeconds: 1.5, ownProcess: false }, '21 000000000000f83f 3800'],
    [
      'OpenSessionRequest',
      { environmentVariables: [{ name: 'a', value: '' }, { name: 'b' }] },
      '1a050a01611200 1a030a0162',
    ],
  ] as const)('%s %o', (name, message, expected) => {
    expect(hex(encodeMessage(name, message as never))).toBe(expected.replaceAll(' ', ''))
  })

  it('come back, with defaults for what was not there', () => {
    expect(decodeMessage('EvaluateResponse', new Uint8Array())).toEqual({
      valueJson: undefined,
      handle: undefined,
      typeName: '',
      attachments: [],
    })
    const handle = { handleId: 'h1-1', typeName: 'a.B', repr: 'é', shape: [2, 0], dtype: 'int8', moduleName: '' }
    expect(decodeMessage('EvaluateResponse', encodeMessage('EvaluateResponse', { handle }))).toMatchObject({ handle })
    expect(decodeMessage('ToFloatArrayResponse', bytes('0a 08 0000c03f 0000807f'))).toEqual({ data: [1.5, Infinity] })
    expect(decodeMessage('ToFloatArrayResponse', bytes('0d 0000c03f 0d 000000bf'))).toEqual({ data: [1.5, -0.5] })
    expect(decodeMessage('ArrayChunk', bytes('10 05 10 07'))).toMatchObject({ shape: [5, 7] })
    expect(decodeMessage('HealthResponse', bytes('18 ffffffffffffffffff01'))).toMatchObject({ pid: -1 })
    const half = { leaseSeconds: 0.5, timeoutSeconds: undefined }
    expect(decodeMessage('Session', bytes('31 000000000000e03f'))).toMatchObject(half)
  })

  it.each([1.5, 2 ** 60, Number.NaN, Infinity])('%d is refused where a whole number belongs', (limit) => {
    expect(() => encodeMessage('ListHandlesRequest', { limit })).toThrow(
      expect.objectContaining({ code: 'BAD_REQUEST' }),
    )
  })

  it('bytes are views on what arrived, not copies', () => {
    const arrived = bytes('1a 03 010203')
    expect(decodeMessage('ArrayChunk', arrived).data.buffer).toBe(arrived.buffer)
  })

  it('what a newer server adds is passed over', () => {
    const added = 'f007 01 f107 0000000000000000 f207 02 ffff f507 00000000'
    expect(decodeMessage('HealthResponse', bytes(`0a026f6b ${added}`))).toMatchObject({ status: 'ok' })
  })

  it.each([
    ['cut in a number', '80'],
    ['cut in a text', '0a 05 6f'],
    ['a length beyond everything', '0a ffffffffffffffff7f'],
    ['a length below zero', '0a ffffffffffffffffff01'],
    ['a number without an end', 'ffffffffffffffffffffff'],
    ['a group', '0b'],
    ['no UTF-8', '0a 02 c328'],
    ['a number for a text', '08 01'],
    ['a text for a number', '12 01 61'],
    ['cut in a number of eight bytes', '09 00'],
  ])('%s is no message', (_, text) => {
    expect(() => decodeMessage('HealthResponse', bytes(text))).toThrow(expect.objectContaining({ code: 'PROTOCOL' }))
  })
})
