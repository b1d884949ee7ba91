import { describe, expect, it } from 'vitest'
import type { PythonHandle } from '../../../client/src/index.ts'
import {
  frozenSet,
  ndarray,
  PythonComplex,
  pythonDate,
  pythonDecimal,
  PythonError,
  pythonFloat,
  pythonPath,
  PythonTimedelta,
  pythonTime,
  pythonUuid,
  tuple,
} from '../../../client/src/index.ts'
import { connected, doors, startFront, startPool } from './real-servers.ts'

describe.each(doors)('operations over %s', (_, startServer) => {
  it('does every operation', async () => {
    const python = await connected(await startServer())
    expect((await python.initialize()).python).toMatch(/^3\.\d+/)
    await using math = await python.importModule('math')
    expect(math.typeName).toBe('module')
    expect(await python.callMethod<number>(math, 'gcd', [12, 18])).toBe(6)
    expect(await python.getAttribute<number>(math, 'pi')).toBe(Math.PI)
    await using half = await python.createObject('fractions', 'Fraction', [1, 2])
    expect(half).toMatchObject({ typeName: 'fractions.Fraction', repr: 'Fraction(1, 2)' })
    await using sum = await python.callMethod<PythonHandle>(half, '__add__', [half])
    expect(sum.repr).toBe('Fraction(1, 1)')
    await using space = await python.createObject('types', 'SimpleNamespace', [], { a: 1, none: null })
    await python.setAttribute(space, 'b', { nested: [half, new Map([[1, half]])] })
    expect(space.repr).toBe('namespace(a=1, none=None)')
    expect(await python.evaluate('s.b["nested"][0] is s.b["nested"][1][1] is h', { s: space, h: half })).toBe(true)
    expect(await python.getAttribute(space, 'none')).toBe(null)
    expect(await python.isModuleAvailable('json')).toBe(true)
    expect(await python.isModuleAvailable('no_such_module')).toBe(false)
    await using list = await python.wrap([3, 1, 2])
    expect(await python.callMethod(list, 'sort', [], { reverse: true })).toBe(null)
    expect(await python.evaluate('x', { x: list })).toEqual([3, 2, 1])
    expect(await python.evaluate('import math\nn = 4\n[math.sqrt(n * x) for x in xs]', { xs: [1, 4] })).toEqual([2, 4])
    expect(await python.evaluate('x = 1')).toBe(null)
  })

  it('runs a block with imports and assignments for its last expression', async () => {
    const python = await connected(await startServer())
    const code = `
import json
from pathlib import PurePosixPath

folder = PurePosixPath('/data') / name
report = {'path': str(folder), 'parts': len(folder.parts)}
json.dumps(report)
`
    const report = await python.evaluate<string>(code, { name: 'é' })
    expect(JSON.parse(report)).toEqual({ path: '/data/é', parts: 3 })
  })

  const values: readonly (readonly [type: string, value: unknown])[] = [
    ['NoneType', null],
    ['bool', true],
    ['int', 5],
    ['int', 2n ** 200n],
    ['int', -(2n ** 53n)],
    ['float', 0.1],
    ['float', NaN],
    ['float', -Infinity],
    ['float', 1e20],
    ['float', 5e-324],
    ['str', 'é€😀\0'],
    ['str', 'lone \ud800 and \udfff'],
    ['bytes', Uint8Array.of(0, 255)],
    ['bytes', new Uint8Array(300_000).fill(7)],
    ['list', [1, [null, 'a']]],
    ['tuple', tuple([1, tuple([])])],
    ['set', new Set([1, 'a'])],
    ['frozenset', frozenSet(new Set([2]))],
    ['dict', { a: 1, 'é b': { c: [] } }],
    [
      'dict',
      new Map<unknown, unknown>([
        [1, 'a'],
        [null, 2],
      ]),
    ],
    ['dict', new Map([['$type', 'int']])],
    ['complex', new PythonComplex(1.5, -Infinity)],
    ['datetime.datetime', new Date(Date.UTC(2026, 0, 2, 3, 4, 5, 678))],
    ['datetime.date', pythonDate('2026-01-02')],
    ['datetime.time', pythonTime('03:04:05.000006')],
    ['datetime.timedelta', new PythonTimedelta(-1, 86_399, 999_999)],
    ['decimal.Decimal', pythonDecimal('1.10')],
    ['uuid.UUID', pythonUuid('12345678-1234-5678-1234-567812345678')],
  ]
  it('takes every value and gives it back as it was', async () => {
    const python = await connected(await startServer())
    const typeOf = 'f"{type(x).__module__}.{type(x).__qualname__}".removeprefix("builtins.")'
    for (const [type, value] of values) {
      expect(await python.evaluate(typeOf, { x: value })).toBe(type)
      expect(await python.evaluate('x', { x: value })).toStrictEqual(value)
      await using kept = await python.wrap(value)
      expect(await python.evaluate('x == y or x != x or y != y', { x: kept, y: value })).toBe(true)
    }
    expect(await python.evaluate('type(x).__name__', { x: pythonFloat(2) })).toBe('float')
    expect(await python.evaluate('str(x)', { x: -0 })).toBe('-0.0')
    expect(Object.is(await python.evaluate('-0.0'), -0)).toBe(true)
    expect(String(await python.evaluate('x', { x: pythonPath('a') }))).toBe('a')
    const text = '2026-01-02T03:04:05.123456+05:30'
    const when = await python.evaluate<Date>('__import__("datetime").datetime.fromisoformat(t)', { t: text })
    expect(when.toISOString()).toBe('2026-01-01T21:34:05.123Z')
    expect(await python.evaluate('x.isoformat()', { x: when })).toBe(text)
  })

  it('a Python error has its type, its message and the frames of the code', async () => {
    const python = await connected(await startServer())
    const error: unknown = await python
      .evaluate('def half(n):\n    return n / 0\nhalf(1)')
      .catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(PythonError)
    expect(error).toMatchObject({ code: 'PYTHON_ERROR', exceptionType: 'ZeroDivisionError' })
    expect((error as PythonError).message).toBe('ZeroDivisionError: division by zero')
    expect((error as PythonError).traceback).toContain('in half')
    expect((error as PythonError).traceback).not.toContain('beep_engine')
    await expect(python.evaluate('exit(3)')).rejects.toMatchObject({ code: 'PYTHON_EXIT', exitCode: 3 })
    await expect(python.importModule('no_such_module')).rejects.toMatchObject({ exceptionType: 'ModuleNotFoundError' })
    expect(await python.evaluate('1 + 1')).toBe(2)
  })
})

describe.each(doors)('arrays over %s', (_, startServer) => {
  it('64 MB arrive intact', async () => {
    const python = await connected(await startServer())
    const length = 8 * 1024 * 1024
    const code =
      'import array\na = array.array("d", bytes(8 * n))\na[0], a[n // 2], a[n - 1] = 1.5, float("nan"), -2.5\na'
    await using array = await python.evaluate<PythonHandle>(code, { n: length })
    const numbers = await python.toFloatArray(array)
    expect(numbers.length).toBe(length)
    expect([numbers[0], numbers[1], numbers[length / 2], numbers[length - 1]]).toEqual([1.5, 0, NaN, -2.5])
  })

  it('rows come of two dimensions only', async () => {
    const python = await connected(await startServer())
    const code = 'import array\nmemoryview(array.array("d", numbers)).cast("B").cast("d", [2, 3])'
    await using matrix = await python.evaluate<PythonHandle>(code, { numbers: [1, 2, 3, 4, 5, 6] })
    expect(await python.toFloatArray2D(matrix)).toEqual([Float64Array.of(1, 2, 3), Float64Array.of(4, 5, 6)])
    expect(await python.toFloatArray(matrix)).toEqual(Float64Array.of(1, 2, 3, 4, 5, 6))
    await using flat = await python.wrap([1, 2])
    expect(await python.toFloatArray(flat)).toEqual(Float64Array.of(1, 2))
    await expect(python.toFloatArray2D(flat)).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    await using text = await python.wrap('12')
    await expect(python.toFloatArray(text)).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })
})

// How many numbers a call may carry differs: over http they are text, in a body of at most 64 MiB.
describe.each([
  ['pipe', startPool, 8 * 1024 * 1024],
  ['http', () => startFront('http'), 1024 * 1024],
  ['rpc', () => startFront('rpc'), 8 * 1024 * 1024],
] as const)('arrays as arguments over %s', (_, startServer, length) => {
  it('come back as they left', async () => {
    const python = await connected(await startServer())
    const numbers = Float64Array.from({ length }, (__, place) => place / 3)
    await using sent = await python.wrap(numbers)
    const back = await python.toFloatArray(sent)
    expect(Buffer.compare(new Uint8Array(back.buffer), new Uint8Array(numbers.buffer))).toBe(0)
    const matrix = ndarray(Int16Array.of(1, 2, 3, 4, 5, -6), [2, 3])
    await using kept = await python.wrap(matrix)
    expect(await python.toFloatArray2D(kept)).toEqual([Float64Array.of(1, 2, 3), Float64Array.of(4, 5, -6)])
  })
})
