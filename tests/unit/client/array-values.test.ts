import { describe, expect, it } from 'vitest'
import { float16Numbers, ndarray } from '../../../client/src/values/arrays.ts'
import { arrowTable, ArrowTable } from '../../../client/src/values/tables.ts'
import { encode, roundTrip } from './travel.ts'

describe('bytes and arrays on the wire', () => {
  const views = [
    ['float64', Float64Array.of(1.5, NaN, -0)],
    ['float32', Float32Array.of(1.5)],
    ['int8', Int8Array.of(-1)],
    ['int16', Int16Array.of(-300)],
    ['int32', Int32Array.of(-70_000)],
    ['int64', BigInt64Array.of(-(2n ** 60n))],
    ['uint16', Uint16Array.of(65_535)],
    ['uint32', Uint32Array.of(4_000_000_000)],
    ['uint64', BigUint64Array.of(2n ** 63n)],
  ] as const

  it.each(views)('%s arrays travel as attachments, and as base64 where there are none', (dtype, view) => {
    const { json, attachments } = encode(view)
    expect(json).toEqual({ $type: 'array', attachment: 0, dtype, shape: [view.length] })
    expect(attachments[0]?.buffer).toBe(view.buffer)
    const bytes = Buffer.from(view.buffer, view.byteOffset, view.byteLength)
    expect(encode(view, false).json).toEqual({
      $type: 'array',
      base64: bytes.toString('base64'),
      dtype,
      shape: [view.length],
    })
    for (const carries of [true, false]) {
      expect(roundTrip(view, carries)).toMatchObject({ dtype, shape: [view.length], data: view })
    }
  })

  it('sends only the part that a view shows', () => {
    const part = Float64Array.of(1, 2, 3, 4).subarray(1, 3)
    expect([...(encode(part).attachments[0] ?? [])]).toHaveLength(16)
    expect(roundTrip(part, false)).toMatchObject({ data: Float64Array.of(2, 3) })
  })

  it.each([true, false])('bytes (attachments: %s)', (carries) => {
    for (const bytes of [Uint8Array.of(1, 2, 255), new Uint8Array(), new Uint8Array(10_000).fill(3)]) {
      expect(roundTrip(bytes, carries)).toStrictEqual(bytes)
    }
    expect(roundTrip(Buffer.from('é'), carries)).toEqual(Uint8Array.of(0xc3, 0xa9))
    expect(roundTrip(Uint8Array.of(1, 2).buffer, carries)).toEqual(Uint8Array.of(1, 2))
    expect(roundTrip(new DataView(Uint8Array.of(1, 2, 3).buffer, 1), carries)).toEqual(Uint8Array.of(2, 3))
  })

  it('sends arrays of several dimensions, of bytes and of booleans when asked to', () => {
    expect(encode(ndarray(Float64Array.of(1, 2, 3, 4, 5, 6), [2, 3])).json).toMatchObject({
      dtype: 'float64',
      shape: [2, 3],
    })
    expect(encode(ndarray(Uint8Array.of(1, 0))).json).toMatchObject({ dtype: 'uint8', shape: [2] })
    expect(encode(ndarray(Uint8Array.of(1, 0), [2], 'bool')).json).toMatchObject({ dtype: 'bool' })
    expect(encode(Uint8ClampedArray.of(1)).json).toMatchObject({ $type: 'array', dtype: 'uint8' })
  })

  it.each([
    ['float16', Uint16Array.of(0x3c00, 0x8000), [2]],
    ['complex64', Float32Array.of(1, 2, 3, 4), [2]],
    ['complex128', Float64Array.of(1, 2, 3, 4), [1, 2]],
    ['datetime64[ns]', BigInt64Array.of(7n, -(2n ** 63n)), [2]],
    ['timedelta64', BigInt64Array.of(7n), []],
  ] as const)('%s arrays have data of another kind', (dtype, data, shape) => {
    const array = ndarray(data, shape, dtype)
    expect(encode(array).json).toEqual({ $type: 'array', attachment: 0, dtype, shape })
    for (const carries of [true, false]) expect(roundTrip(array, carries)).toStrictEqual(array)
  })

  it('a shape that is not given is one dimension', () => {
    expect(ndarray(Float32Array.of(1, 2, 3, 4), undefined, 'complex64').shape).toEqual([2])
  })

  it('reads the bits of float16', () => {
    const bits = Uint16Array.of(0x3c00, 0xc000, 0x7bff, 0x0001, 0x8000, 0x7c00, 0xfc00, 0x7e00)
    const numbers = float16Numbers(bits)
    expect([...numbers]).toEqual([1, -2, 65_504, 2 ** -24, -0, Infinity, -Infinity, NaN])
  })

  it('tables travel as they are', () => {
    const table = arrowTable(Uint8Array.of(1, 2, 3, 4).subarray(1))
    expect(encode(table).json).toEqual({ $type: 'table', attachment: 0 })
    expect(encode(table, false).json).toEqual({ $type: 'table', base64: 'AgME' })
    expect(roundTrip({ a: [1] }, false)).toEqual({ a: [1] })
    expect(arrowTable(Uint8Array.of(1).buffer)).toEqual(new ArrowTable(Uint8Array.of(1)))
  })

  it.each([
    () => ndarray(Float64Array.of(1, 2), [3]),
    () => ndarray(Float64Array.of(1, 2), [-1, -2]),
    () => ndarray(Float64Array.of(1, 2), [2], 'float32'),
    () => ndarray(Float64Array.of(1, 2), [2], 'complex128'),
    () => ndarray(Float64Array.of(1, 2, 3), undefined, 'complex128'),
    () => ndarray(Float32Array.of(1, 2), [1], 'complex128'),
    () => ndarray(Float64Array.of(1), [], 'datetime64[lightyear]'),
  ])('refuses a shape or type that does not fit', (make) => {
    expect(make).toThrow(expect.objectContaining({ code: 'UNSUPPORTED_VALUE' }))
  })
})
