import { describe, expect, it, onTestFinished } from 'vitest'
import { ndarray } from '../../../client/src/values/arrays.ts'
import type { PythonBackend } from '../../../client/src/backend.ts'
import { createHttpBackend } from '../../../client/src/create-backend.ts'
import { arrowTable } from '../../../client/src/values/tables.ts'
import { FakeHttpServer } from './fake-http-server.ts'
import { handle } from './fake-pool.ts'
import { tempFolder } from './temp-folder.ts'

async function start(): Promise<{ server: FakeHttpServer; python: PythonBackend }> {
  const server = await FakeHttpServer.listen()
  const python = createHttpBackend(server.url, { home: tempFolder(), token: 'secret' })
  onTestFinished(() => python.close())
  return { server, python }
}

describe('arrays and tables of an http backend', () => {
  it('an array or a table that is kept goes as bytes, and as base64 inside of other values', async () => {
    const { server, python } = await start()
    server.answer = (call) => call.reply(200, handle('h1'))
    const numbers = Float64Array.of(1, NaN)
    await python.wrap(ndarray(numbers, [1, 2]))
    expect(server.calls[0]).toMatchObject({
      method: 'PUT',
      path: '/arrays',
      headers: {
        'content-type': 'application/octet-stream',
        'content-length': '16',
        'x-beep-dtype': 'float64',
        'x-beep-shape': '1,2',
      },
      body: Buffer.from(numbers.buffer),
    })
    await python.wrap(ndarray(BigInt64Array.of(5n), [], 'datetime64[ms]'))
    expect(server.calls[1]?.headers).toMatchObject({ 'x-beep-dtype': 'datetime64[ms]', 'x-beep-shape': '' })
    await python.wrap(arrowTable(Uint8Array.of(1, 2, 3).subarray(1)))
    expect(server.calls[2]).toMatchObject({
      path: '/tables',
      headers: { 'content-type': 'application/vnd.apache.arrow.stream' },
      body: Buffer.of(2, 3),
    })
    await python.wrap([numbers])
    expect(server.calls[3]?.json).toEqual({
      value: [{ $type: 'array', base64: Buffer.from(numbers.buffer).toString('base64'), dtype: 'float64', shape: [2] }],
    })
  })

  it('arrays and tables of any kind come as bytes', async () => {
    const { server, python } = await start()
    server.answer = (call) => call.reply(200, handle('h1'))
    const thing = await python.wrap(1)
    server.answer = (call) =>
      call.reply(200, new Uint8Array(16), { 'x-beep-dtype': 'complex64', 'x-beep-shape': '1,2' })
    expect(await python.toArray(thing)).toEqual({ data: new Float32Array(4), dtype: 'complex64', shape: [1, 2] })
    expect(server.calls[1]).toMatchObject({ path: '/toarray', headers: { accept: 'application/octet-stream' } })
    server.answer = (call) => call.reply(200, new Uint8Array(2), { 'x-beep-dtype': 'int16', 'x-beep-shape': '' })
    expect(await python.toArray(thing)).toEqual({ data: Int16Array.of(0), dtype: 'int16', shape: [] })
    const arrow = 'application/vnd.apache.arrow.stream'
    server.answer = (call) => call.reply(200, Uint8Array.of(7), { 'content-type': arrow, 'x-beep-rows': '3' })
    expect(await python.toTable(thing)).toEqual({ data: Uint8Array.of(7), rows: 3 })
    expect(server.calls[3]).toMatchObject({ path: '/totable', headers: { accept: arrow } })
  })

  it('float arrays come as bytes, with or without a known length', async () => {
    const { server, python } = await start()
    server.answer = (call) => call.reply(200, handle('h1'))
    const thing = await python.wrap(1)
    const sent = Float64Array.from({ length: 50_000 }, (_, place) => place / 7)
    const bytes = new Uint8Array(sent.buffer)
    server.answer = (call) => call.reply(200, bytes, { 'x-beep-dtype': 'float64', 'x-beep-shape': '50000' })
    expect(await python.toFloatArray(thing)).toStrictEqual(sent)
    expect(server.calls[1]).toMatchObject({ path: '/tofloatarray', headers: { accept: 'application/octet-stream' } })
    server.answer = ({ response }) => {
      response.writeHead(200, {
        'content-type': 'application/octet-stream',
        'x-beep-dtype': 'float64',
        'x-beep-shape': '2,25000',
      })
      response.write(bytes.subarray(0, 33))
      response.end(bytes.subarray(33))
    }
    const rows = await python.toFloatArray2D(thing)
    expect(rows.map((row) => row.length)).toEqual([25_000, 25_000])
    expect(rows[1]?.at(-1)).toBe(sent.at(-1))
    server.answer = (call) => call.reply(200, new Uint8Array(8), { 'x-beep-dtype': 'float64', 'x-beep-shape': '2' })
    await expect(python.toFloatArray(thing)).rejects.toMatchObject({ code: 'PROTOCOL' })
  })
})
