import { describe, expect, it } from 'vitest'
import { isHandle } from '../../../client/src/handle.ts'
import { PythonError } from '../../../client/src/errors.ts'
import { handle, value } from './fake-pool.ts'
import { startPipe } from './start-pipe.ts'
import { frame } from './wire-frames.ts'

describe('the operations of a pipe backend', () => {
  it('initialize asks who is there', async () => {
    const { pool, python } = await startPipe()
    expect(python.isInitialized).toBe(false)
    const info = python.initialize()
    const request = await pool.next()
    expect(request).toMatchObject({ command: 'ping', payload: {} })
    request.reply({ status: 'ok', protocol: 1, pid: 42, python: '3.12.1', epoch: 1 })
    expect(await info).toEqual({ protocol: 1, pid: 42, python: '3.12.1' })
    expect(python.isInitialized).toBe(true)
    expect(python.transport).toBe('pipe')
  })

  it('initialize refuses another version of the protocol', async () => {
    const { pool, python } = await startPipe()
    pool.answer = () => ({ status: 'ok', protocol: 2 })
    await expect(python.initialize()).rejects.toMatchObject({ code: 'PROTOCOL' })
  })

  it('importModule gives a handle', async () => {
    const { pool, python } = await startPipe()
    pool.answer = () => ({ handleId: 'h1-1', typeName: 'module', isHandle: true, moduleName: 'math' })
    const module = await python.importModule('math')
    expect(pool.requests[0]).toMatchObject({ command: 'import', payload: { moduleName: 'math' } })
    expect(module).toMatchObject({ id: 'h1-1', typeName: 'module', moduleName: 'math', isDisposed: false })
  })

  it('createObject takes a module or the name of one', async () => {
    const { pool, python } = await startPipe()
    pool.answer = ({ id }) => handle(`h1-${id}`, 'Fraction')
    const module = await python.importModule('fractions')
    const half = await python.createObject(module, 'Fraction', [1, 2])
    await python.createObject('fractions', 'Fraction', [half], { limit: 3, none: null, absent: undefined })
    expect(pool.requests.map(({ payload }) => payload).slice(1)).toEqual([
      { moduleHandleId: module.id, className: 'Fraction', args: [1, 2] },
      {
        moduleName: 'fractions',
        className: 'Fraction',
        args: [{ handleId: half.id }],
        kwargs: { limit: 3, none: null },
      },
    ])
    expect(half).toMatchObject({ typeName: 'Fraction', repr: '<Fraction>' })
  })

  it('callMethod, getAttribute and evaluate give a value, null for None, or a handle', async () => {
    const { pool, python } = await startPipe()
    pool.answer = () => handle('h1')
    const thing = await python.wrap([1])
    pool.answer = () => value(null)
    expect(await python.callMethod(thing, 'clear')).toBe(null)
    pool.answer = () => value({ $type: 'tuple', items: [1, { $type: 'int', value: '9007199254740993' }] })
    expect(await python.getAttribute(thing, 'shape')).toEqual([1, 9007199254740993n])
    pool.answer = () => ({ ...handle('h2', 'numpy.ndarray'), shape: [2, 3], dtype: 'float64' })
    const array = await python.evaluate('a', { handleId: 'no handle', n: NaN })
    expect(isHandle(array)).toBe(true)
    expect(array).toMatchObject({ shape: [2, 3], dtype: 'float64' })
    expect(pool.requests.map(({ command, payload }) => [command, payload])).toEqual([
      ['wrap', { value: [1] }],
      ['call', { handleId: 'h1', methodName: 'clear' }],
      ['getattr', { handleId: 'h1', attributeName: 'shape' }],
      ['eval', { expression: 'a', locals: { handleId: 'no handle', n: { $type: 'float', value: 'nan' } } }],
    ])
  })

  it('setAttribute, isModuleAvailable and dispose', async () => {
    const { pool, python } = await startPipe()
    pool.answer = ({ command }) => (command === 'wrap' ? handle('h1') : { success: true, available: true })
    const thing = await python.wrap(null)
    await python.setAttribute(thing, 'x', undefined)
    expect(await python.isModuleAvailable('numpy')).toBe(true)
    await python.dispose(thing)
    await python.dispose(thing)
    expect(pool.requests.map(({ command, payload }) => [command, payload])).toEqual([
      ['wrap', { value: null }],
      ['setattr', { handleId: 'h1', attributeName: 'x', value: null }],
      ['module_available', { moduleName: 'numpy' }],
      ['dispose', { handleId: 'h1' }],
    ])
  })

  it('toFloatArray views the received bytes in place, toFloatArray2D gives rows on the same memory', async () => {
    const { pool, python } = await startPipe()
    pool.answer = () => handle('h1')
    const thing = await python.wrap(null)
    pool.answer = undefined
    const sent = Float64Array.from({ length: 200_000 }, (_, place) => place / 3)
    const bytes = new Uint8Array(sent.buffer)
    const flat = python.toFloatArray(thing)
    await pool.next()
    const described = { $type: 'array', attachment: 0, dtype: 'float64' }
    ;(await pool.next()).reply({ data: { ...described, shape: [200_000] } }, bytes)
    const received = await flat
    expect(Buffer.compare(new Uint8Array(received.buffer), bytes)).toBe(0)
    expect(received.buffer.byteLength).toBe(bytes.byteLength)
    const rows = python.toFloatArray2D(thing)
    ;(await pool.next()).reply({ data: { ...described, shape: [2, 100_000] } }, bytes)
    const [first, second, ...others] = await rows
    expect(others).toEqual([])
    expect(first?.buffer).toBe(second?.buffer)
    expect(second?.at(-1)).toBe(sent.at(-1))
    const none = python.toFloatArray2D(thing)
    ;(await pool.next()).reply({ data: { ...described, shape: [3, 0] } }, new Uint8Array())
    expect(await none).toEqual([new Float64Array(), new Float64Array(), new Float64Array()])
    pool.answer = () => ({ success: true }) // for the farewell
  })

  it('sends bytes and arrays as attachments, numbered in order', async () => {
    const { pool, python } = await startPipe()
    pool.answer = () => value(1)
    const large = new Float64Array(100_000).fill(1.5)
    await python.evaluate('f(a, b)', { a: Uint8Array.of(1, 2), b: large })
    const [request] = pool.requests
    expect(request?.payload['locals']).toEqual({
      a: { $type: 'bytes', attachment: 0 },
      b: { $type: 'array', attachment: 1, dtype: 'float64', shape: [100_000] },
    })
    expect(request?.attachments.map((attachment) => attachment.length)).toEqual([2, 800_000])
    expect(request?.attachments[1]?.readDoubleLE(799_992)).toBe(1.5)
  })
})

describe('many calls on one pipe', () => {
  it('answers may overtake each other', async () => {
    const { pool, python } = await startPipe()
    const calls = Array.from({ length: 100 }, (_, n) => python.evaluate<number>(String(n)))
    await pool.next()
    for (let n = 1; n < 100; n += 1) await pool.next()
    for (const request of [...pool.requests].reverse()) request.reply(value(Number(request.payload['expression'])))
    expect(await Promise.all(calls)).toEqual(Array.from({ length: 100 }, (_, n) => n))
    expect(pool.connections).toHaveLength(1)
    expect(new Set(pool.requests.map(({ id }) => id)).size).toBe(100)
  })

  it('takes answers in pieces and several in one piece', async () => {
    const { pool, python } = await startPipe()
    const calls = [python.evaluate('1'), python.evaluate('2'), python.evaluate('3')]
    for (let n = 0; n < 3; n += 1) await pool.next()
    const stream = Buffer.concat(pool.requests.map(({ id }) => frame({ id, ...value(id) })))
    const connection = pool.connections[0]
    for (const byte of stream.subarray(0, stream.length - 40)) connection?.write(Uint8Array.of(byte))
    connection?.write(stream.subarray(stream.length - 40))
    expect(await Promise.all(calls)).toEqual(pool.requests.map(({ id }) => id))
  })
})

describe('errors of a pipe backend', () => {
  it('a Python error has its type and traceback, and its stack leads to the caller', async () => {
    const { pool, python } = await startPipe()
    pool.answer = () => ({
      error: 'ValueError: no',
      detail: 'ValueError: no',
      code: 'PYTHON_ERROR',
      message: 'ValueError: no',
      traceback: 'Traceback …\nValueError: no\n',
      details: { exceptionType: 'ValueError' },
    })
    async function theCaller(): Promise<void> {
      await python.evaluate('f()')
    }
    const error: unknown = await theCaller().catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(PythonError)
    expect(error).toMatchObject({
      name: 'PythonError',
      code: 'PYTHON_ERROR',
      message: 'ValueError: no',
      exceptionType: 'ValueError',
      traceback: 'Traceback …\nValueError: no\n',
    })
    expect((error as Error).stack).toMatch(/^PythonError: ValueError: no\n[^]*theCaller/)
  })

  it('an answer without value or handle, and one with a broken handle, are refused', async () => {
    const { pool, python } = await startPipe()
    pool.answer = () => ({ typeName: 'int' })
    await expect(python.evaluate('1')).rejects.toMatchObject({ code: 'PROTOCOL' })
    pool.answer = () => ({ isHandle: true, typeName: 'int' })
    await expect(python.evaluate('1')).rejects.toMatchObject({ code: 'PROTOCOL' })
  })

  it('arguments that cannot be sent reject their call alone, and nothing is sent', async () => {
    const { pool, python } = await startPipe()
    pool.answer = () => value(1)
    await expect(python.evaluate('f', { f: () => 1 })).rejects.toMatchObject({ code: 'UNSUPPORTED_VALUE' })
    await expect(python.callMethod({} as never, 'x')).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    expect(await python.evaluate('1')).toBe(1)
    expect(pool.requests).toHaveLength(1)
  })
})
