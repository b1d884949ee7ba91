import { writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, expectTypeOf, it, onTestFinished } from 'vitest'
import { connectControl, ControlError, findInstance } from '../../../client/src/control.ts'
import type { ControlClient, ControlEvent } from '../../../client/src/control.ts'
import { eventually } from './eventually.ts'
import { FakeHttpServer } from './fake-http-server.ts'
import { tempFolder } from './temp-folder.ts'

interface Commands {
  'servers.list': { params: Record<string, never>; result: readonly string[] }
  'servers.start': { params: { name: string }; result: { pid: number } }
}

const instance = { version: 1, pid: 7, startedAt: '2026-01-01T00:00:00Z', token: 'secret', instanceId: 'i1' }

function announce(home: string, fields: object): void {
  writeFileSync(join(home, 'instance.json'), JSON.stringify({ ...instance, ...fields }), { mode: 0o600 })
}

async function start(): Promise<{ host: FakeHttpServer; control: ControlClient<Commands>; home: string }> {
  const home = tempFolder()
  const address = join(home, 'c.sock')
  const host = await FakeHttpServer.listen(address)
  host.answer = (call) => call.reply(200, { instanceId: 'i1', pid: 7, version: '0.1.0' })
  announce(home, { address })
  const control = await connectControl<Commands>(home)
  if (control === undefined) throw new Error('no host found')
  onTestFinished(() => control.close())
  host.answer = undefined
  await host.next()
  return { host, control, home }
}

describe('findInstance', () => {
  it('tells none from a broken one', async () => {
    const home = tempFolder()
    expect(await findInstance(home)).toBeUndefined()
    announce(home, { address: '/x', processStart: null })
    expect(await findInstance(home)).toEqual({
      pid: 7,
      startedAt: '2026-01-01T00:00:00Z',
      address: '/x',
      token: 'secret',
      instanceId: 'i1',
    })
    announce(home, { address: '/x', version: 2 })
    await expect(findInstance(home)).rejects.toMatchObject({ code: 'INSTANCE_INVALID', name: 'ControlError' })
    announce(home, {})
    await expect(findInstance(home)).rejects.toMatchObject({ code: 'INSTANCE_INVALID' })
    writeFileSync(join(home, 'instance.json'), '{')
    await expect(connectControl(home)).rejects.toMatchObject({ code: 'INSTANCE_INVALID' })
  })
})

describe('connectControl', () => {
  it('asks who is there, with the token', async () => {
    const { host } = await start()
    expect(host.calls[0]).toMatchObject({ method: 'GET', path: '/hello' })
    expect(host.calls[0]?.headers.authorization).toBe('Bearer secret')
  })

  it('finds no host where the file was left over', async () => {
    const home = tempFolder()
    expect(await connectControl(home)).toBeUndefined()
    announce(home, { address: join(home, 'gone.sock') })
    expect(await connectControl(home)).toBeUndefined()
    const address = join(home, 'c.sock')
    announce(home, { address })
    const other = await FakeHttpServer.listen(address)
    other.answer = (call) => call.reply(200, { instanceId: 'another' })
    expect(await connectControl(home)).toBeUndefined()
    other.answer = (call) => call.reply(401, { error: { code: 'UNAUTHORIZED', message: 'no' } })
    expect(await connectControl(home)).toBeUndefined()
  })

  it('finds no host where something else listens', async () => {
    const home = tempFolder()
    const address = join(home, 'c.sock')
    const other = createServer((socket) => socket.end('what?\n'))
    await new Promise<void>((resolve) => other.listen(address, resolve))
    onTestFinished(() => void other.close())
    announce(home, { address })
    expect(await connectControl(home)).toBeUndefined()
  })
})

describe('commands', () => {
  it('answer with their result, typed by the map of commands', async () => {
    const { host, control } = await start()
    const call = control.call('servers.start', { name: 'é' })
    expectTypeOf(call).resolves.toEqualTypeOf<{ pid: number }>()
    // @ts-expect-error no such command
    control.call('servers.begin', {}).catch(() => {})
    const received = await host.next()
    expect(received).toMatchObject({ method: 'POST', path: '/commands/servers.start', json: { name: 'é' } })
    expect(received.headers).toMatchObject({ authorization: 'Bearer secret', 'content-type': 'application/json' })
    received.reply(200, { ok: { pid: 9 } })
    expect(await call).toEqual({ pid: 9 })
  })

  it('a result may be null', async () => {
    const { host, control } = await start()
    host.answer = (call) => call.reply(200, { ok: null })
    expect(await control.call('servers.list', {})).toBe(null)
  })

  it('fail with the code, hint and evidence of the host', async () => {
    const { host, control } = await start()
    host.answer = (call) =>
      call.reply(409, { error: { code: 'PORT_IN_USE', message: 'busy', hint: 'take another', details: { pid: 4 } } })
    const error: unknown = await control.call('servers.list', {}).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(ControlError)
    expect(error).toMatchObject({ code: 'PORT_IN_USE', message: 'busy', hint: 'take another', details: { pid: 4 } })
    expect((error as Error).stack).toContain('control.test.ts')
    host.answer = (call) => call.reply(500, 'what')
    await expect(control.call('servers.list', {})).rejects.toMatchObject({ code: 'PROTOCOL', details: { status: 500 } })
    host.answer = ({ response }) => response.destroy()
    await expect(control.call('servers.list', {})).rejects.toMatchObject({ code: 'CONNECTION_LOST' })
    await host.stop()
    await expect(control.call('servers.list', {})).rejects.toMatchObject({ code: 'CONNECTION_FAILED' })
  })

  it('can be cancelled, and end with close', async () => {
    const { host, control } = await start()
    const abort = new AbortController()
    const call = control.call('servers.list', {}, { signal: abort.signal })
    const failure = expect(call).rejects.toMatchObject({ code: 'CANCELLED' })
    const received = await host.next()
    abort.abort()
    await failure
    await eventually('the host sees the caller go', received.isAbandoned)
    const last = expect(control.call('servers.list', {})).rejects.toMatchObject({ code: 'CLOSED' })
    await host.next()
    await control.close()
    await last
    await expect(control.call('servers.list', {})).rejects.toMatchObject({ code: 'CLOSED' })
  })
})

describe('events', () => {
  async function collect(events: AsyncIterable<ControlEvent>, into: ControlEvent[]): Promise<void> {
    for await (const event of events) into.push(event)
  }

  it('arrive as they happen, however the lines are cut', async () => {
    const { host, control } = await start()
    const abort = new AbortController()
    const received: ControlEvent[] = []
    const reading = collect(control.events({ signal: abort.signal, sinceRevision: 5 }), received)
    const { path, response } = await host.next()
    expect(path).toBe('/events?since=5')
    response.writeHead(200, { 'content-type': 'application/x-ndjson' })
    const stream = Buffer.from(
      '{"revision":5,"name":"open","payload":{}}\n\n{"revision":6,"name":"é","payload":{"a":"€"}}\r\n{',
    )
    const [before, after] = [stream.subarray(0, -18), stream.subarray(-18)]
    response.write(before)
    await eventually('the first event arrives', () => received.length === 1)
    response.write(after)
    await eventually('the second event arrives', () => received.length === 2)
    expect(received).toEqual([
      { revision: 5, name: 'open', payload: {} },
      { revision: 6, name: 'é', payload: { a: '€' } },
    ])
    abort.abort()
    await reading
  })

  it('end when the reader stops, and when the client is closed', async () => {
    const { host, control } = await start()
    host.answer = ({ response }) => {
      response.writeHead(200)
      response.write('{"revision":1,"name":"open","payload":{}}\n')
    }
    for await (const event of control.events()) {
      expect(event.name).toBe('open')
      break
    }
    expect((await host.next()).path).toBe('/events')
    await eventually('the host sees the reader go', () => host.calls.at(-1)?.isAbandoned() === true)
    const received: ControlEvent[] = []
    const reading = collect(control.events(), received)
    await eventually('an event arrives', () => received.length === 1)
    await control.close()
    await reading
  })

  it('fail when the host goes away, refuses, or talks nonsense', async () => {
    const { host, control } = await start()
    host.answer = ({ response }) => {
      response.writeHead(200)
      response.write('{"revision":1,"name":"open","payload":{}}\n', () => response.destroy())
    }
    await expect(collect(control.events(), [])).rejects.toMatchObject({ code: 'CONNECTION_LOST' })
    host.answer = (call) => call.reply(401, { error: { code: 'UNAUTHORIZED', message: 'no' } })
    await expect(collect(control.events(), [])).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
    host.answer = (call) => call.reply(200, 'nonsense\n')
    await expect(collect(control.events(), [])).rejects.toMatchObject({ code: 'PROTOCOL' })
  })
})
