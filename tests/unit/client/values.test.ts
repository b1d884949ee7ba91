import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { decodeValue } from '../../../client/src/values/decode.ts'
import { Handle } from '../../../client/src/handle.ts'
import {
  frozenSet,
  PythonComplex,
  pythonDate,
  pythonDecimal,
  pythonFloat,
  pythonPath,
  pythonTime,
  PythonTimedelta,
  pythonUuid,
  tuple,
} from '../../../client/src/values/python-values.ts'
import { encode, owner, roundTrip } from './travel.ts'

const cases: readonly (readonly [name: string, value: unknown, wire: unknown])[] = [
  ['null', null, null],
  ['undefined', undefined, null],
  ['a boolean', true, true],
  ['text', 'é€😀\u0000', 'é€😀\u0000'],
  [
    'a lone surrogate',
    'a\ud800😀\udc80',
    { $type: 'str', base64: Buffer.from('61eda080f09f9880edb280', 'hex').toString('base64') },
  ],
  ['a number', 1.5, 1.5],
  ['the largest exact integer', Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  ['NaN', NaN, { $type: 'float', value: 'nan' }],
  ['Infinity', Infinity, { $type: 'float', value: 'inf' }],
  ['-Infinity', -Infinity, { $type: 'float', value: '-inf' }],
  ['a negative zero', -0, { $type: 'float', value: '-0.0' }],
  ['a double beyond the exact integers', 1e20, { $type: 'float', value: '100000000000000000000' }],
  ['a very large double', -1e300, { $type: 'float', value: '-1e+300' }],
  ['a float that is whole', pythonFloat(2), { $type: 'float', value: '2' }],
  ['a small bigint', 5n, 5],
  ['a large bigint', -(2n ** 70n), { $type: 'int', value: '-1180591620717411303424' }],
  ['the first bigint beyond', 2n ** 53n, { $type: 'int', value: '9007199254740992' }],
  ['nested arrays', [1, [2, [NaN]]], [1, [2, [{ $type: 'float', value: 'nan' }]]]],
  ['a hole in an array', [1, undefined], [1, null]],
  ['a plain object', { a: { b: 2n ** 60n } }, { a: { b: { $type: 'int', value: '1152921504606846976' } } }],
  ['an undefined entry', { a: undefined, b: null }, { b: null }],
  ['an object without a prototype', Object.assign(Object.create(null) as object, { a: 1 }), { a: 1 }],
  ['an object of another realm', runInNewContext('({ a: [1] })'), { a: [1] }],
  [
    'a key $type',
    { $type: 'x', b: 1 },
    {
      $type: 'dict',
      items: [
        ['$type', 'x'],
        ['b', 1],
      ],
    },
  ],
  ['a key handleId', { handleId: 'h1' }, { $type: 'dict', items: [['handleId', 'h1']] }],
  ['a key HandleId', { HandleId: 'h1' }, { $type: 'dict', items: [['HandleId', 'h1']] }],
  [
    'a map',
    new Map<unknown, unknown>([
      [1, 'a'],
      [tuple([1, 2]), NaN],
    ]),
    {
      $type: 'dict',
      items: [
        [1, 'a'],
        [
          { $type: 'tuple', items: [1, 2] },
          { $type: 'float', value: 'nan' },
        ],
      ],
    },
  ],
  ['a set', new Set([1, 2]), { $type: 'set', items: [1, 2] }],
  ['a frozen set', frozenSet(new Set([1])), { $type: 'frozenset', items: [1] }],
  ['a tuple', tuple([1, 'a']), { $type: 'tuple', items: [1, 'a'] }],
  [
    'a date',
    new Date(Date.UTC(2026, 0, 2, 3, 4, 5, 678)),
    { $type: 'datetime', value: '2026-01-02T03:04:05.678+00:00' },
  ],
  ['a day', pythonDate('2026-01-02'), { $type: 'date', value: '2026-01-02' }],
  ['a time', pythonTime('03:04:05'), { $type: 'time', value: '03:04:05' }],
  ['a decimal', pythonDecimal('1.10'), { $type: 'decimal', value: '1.10' }],
  [
    'a uuid',
    pythonUuid('12345678-1234-5678-1234-567812345678'),
    { $type: 'uuid', value: '12345678-1234-5678-1234-567812345678' },
  ],
  ['a path', pythonPath('/tmp/é'), { $type: 'path', value: '/tmp/é' }],
  ['a timedelta', new PythonTimedelta(-1, 5, 7), { $type: 'timedelta', days: -1, seconds: 5, microseconds: 7 }],
  [
    'a complex number',
    new PythonComplex(1, -Infinity),
    { $type: 'complex', real: 1, imag: { $type: 'float', value: '-inf' } },
  ],
  ['an object with toJSON', new URL('http://a/'), 'http://a/'],
]

describe('values on the wire', () => {
  it.each(cases)('%s', (_, value, wire) => {
    expect(encode(value).json).toEqual(wire)
  })

  it.each(cases.filter(([name]) => !/undefined|hole|toJSON|small bigint|is whole|key |prototype|realm/.test(name)))(
    '%s comes back as it left',
    (_, value) => {
      expect(roundTrip(value, true)).toStrictEqual(value)
      expect(encode(roundTrip(value, true)).json).toEqual(encode(value).json)
    },
  )

  it('gives a dict with reserved keys back as a map', () => {
    expect(roundTrip({ $type: 'x' }, true)).toStrictEqual(new Map([['$type', 'x']]))
  })

  it('keeps an entry called __proto__ an entry', () => {
    const received = decodeValue(JSON.parse('{"__proto__": {"$type": "int", "value": "7"}}'), []) as object
    expect(Object.getOwnPropertyDescriptor(received, '__proto__')?.value).toBe(7n)
    expect(Object.getPrototypeOf(received)).toBe(Object.prototype)
    expect(JSON.stringify(encode(JSON.parse('{"__proto__": 1}')).json)).toBe('{"__proto__":1}')
  })

  it('does not touch the arguments of the caller', () => {
    const argument = Object.freeze({ list: Object.freeze([1, NaN, Object.freeze({ big: 2n ** 60n })]) })
    expect(encode(argument).json).toEqual({
      list: [1, { $type: 'float', value: 'nan' }, { big: { $type: 'int', value: '1152921504606846976' } }],
    })
  })

  it('sends handles anywhere inside', () => {
    const handle = new Handle(owner, 'h7', {})
    expect(encode([handle, { a: new Map([['b', handle]]) }]).json).toEqual([
      { handleId: 'h7' },
      { a: { $type: 'dict', items: [['b', { handleId: 'h7' }]] } },
    ])
  })
})

describe('what cannot be sent', () => {
  const circular: unknown[] = []
  circular.push(circular)
  class Point {
    readonly x = 1
  }
  it.each([
    ['a function', () => 1],
    ['a symbol', Symbol('s')],
    ['a promise', Promise.resolve(1)],
    ['an instance of a class', new Point()],
    ['an invalid date', new Date(NaN)],
    ['a cycle', circular],
    ['one of them deep inside', { a: [new Map([[1, /x/]])] }],
  ])('%s', (_, value) => {
    expect(() => encode(value)).toThrow(expect.objectContaining({ code: 'UNSUPPORTED_VALUE' }))
  })
})

describe('forms that the wire does not know', () => {
  it.each([
    { $type: 'quaternion' },
    { $type: 'int', value: '1.5' },
    { $type: 'float', value: 'many' },
    { $type: 'complex', real: 1 },
    { $type: 'tuple' },
    { $type: 'dict', items: [[1]] },
    { $type: 'bytes' },
    { $type: 'bytes', attachment: 3 },
    { $type: 'datetime', value: 'yesterday' },
    { $type: 'timedelta', days: 1 },
    { $type: 'array', base64: 'AAAA', dtype: 'float64', shape: [1] },
    { $type: 'array', base64: '', dtype: 'float128', shape: [0] },
    { $type: 'array', base64: '', dtype: 'datetime64[x]', shape: [0] },
    { $type: 'array', base64: 'AAAAAAAAAAA=', dtype: 'complex128', shape: [1] },
    { $type: 'table', rows: 1 },
    { $type: 'table', base64: 'AAAA', rows: 'many' },
  ])('%o is refused, not passed on', (form) => {
    expect(() => decodeValue([form], [])).toThrow(expect.objectContaining({ code: 'PROTOCOL' }))
  })
})
