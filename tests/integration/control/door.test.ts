import { request } from 'node:http'
import path from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { openDoor } from '../../../core/control/index.ts'
import type { Door } from '../../../core/control/index.ts'
import type { Dispatch } from '../../../core/dispatch.ts'
import { createEventHub } from '../../../core/events/index.ts'
import { tempFolder } from '../../tools/temp-folder.ts'

interface Answer {
  readonly status: number
  readonly body: unknown
}

const settings = {
  defaultRuntime: null,
  extraRuntimes: [],
  pythonMirror: null,
  installer: 'auto' as const,
  gpuBackend: 'auto' as const,
  offline: false,
  proxy: 'system' as const,
  proxyUrl: null,
  noProxy: [],
  extraCa: [],
  packageIndex: null,
  serverLogBytes: 1_000_000,
  snapshotsKept: 10,
  snapshotBytes: 5_000_000_000,
  theme: 'system' as const,
  closeBehaviour: 'hide' as const,
  startAtLogin: false,
}
const hello = { instanceId: 'this-one', pid: 42, version: '1.2.3' }
const open: Door[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((door) => door.close()))
})

async function makeDoor(dispatch: Dispatch = () => Promise.resolve({ ok: [] })) {
  const address = path.join(tempFolder(), 'c.sock')
  const events = createEventHub()
  const grants = {
    accessOf: (header: string) =>
      (({ 'Bearer secret': 'owner', 'Bearer look': 'read', 'Bearer change': 'full' }) as const)[header],
  }
  const door = await openDoor(address, { dispatch, events, grants, hello })
  open.push(door)
  const ask = (method: string, route: string, options: { token?: string; body?: string } = {}) =>
    new Promise<Answer>((resolve, reject) => {
      const headers = { authorization: `Bearer ${options.token ?? 'secret'}` }
      const sent = request({ socketPath: address, method, path: route, headers }, (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, body: JSON.parse(Buffer.concat(chunks).toString()) }),
        )
      })
      sent.on('error', reject)
      sent.end(options.body)
    })
  /** Lines of an event stream, until `count` of them have come. */
  const listen = (query: string, count: number, afterOpen: () => void = () => {}) =>
    new Promise<{ revision: number; name: string }[]>((resolve, reject) => {
      const headers = { authorization: 'Bearer secret' }
      const sent = request({ socketPath: address, path: `/events${query}`, headers }, (response) => {
        let text = ''
        response.once('data', afterOpen)
        response.on('close', () => reject(new Error('the stream ended')))
        response.on('data', (chunk: Buffer) => {
          text += chunk.toString()
          const lines = text.split('\n').slice(0, -1)
          if (lines.length < count) return
          sent.destroy()
          resolve(lines.map((line) => JSON.parse(line) as { revision: number; name: string }))
        })
      })
      sent.on('error', reject)
      sent.end()
    })
  return { door, events, ask, listen }
}

test('whoever lacks the token learns nothing and runs nothing', async () => {
  let ran = 0
  const { ask } = await makeDoor(() => {
    ran += 1
    return Promise.resolve({ ok: [] })
  })
  for (const route of ['/hello', '/events', '/commands/host.snapshot', '/nowhere']) {
    const { status, body } = await ask('POST', route, { token: 'secreT', body: '{}' })
    expect(status).toBe(401)
    expect(body).toMatchObject({ error: { code: 'UNAUTHORIZED' } })
  }
  expect(ran).toBe(0)
})

test('the code of a server gets what its scope covers, and not the events', async () => {
  const seen: string[] = []
  const { ask } = await makeDoor((name) => {
    seen.push(name)
    return Promise.resolve({ ok: [] })
  })
  for (const [token, command, status] of [
    ['look', 'environments.list', 200],
    ['look', 'environments.ensure', 403],
    ['look', 'jobs.cancel', 403],
    ['change', 'environments.ensure', 200],
    ['change', 'servers.endpoint', 200],
    ['change', 'settings.update', 403],
    ['change', 'host.stop', 403],
    ['change', 'no.such', 403],
  ] as const) {
    expect([command, (await ask('POST', `/commands/${command}`, { token })).status]).toEqual([command, status])
  }
  expect(seen).toEqual(['environments.list', 'environments.ensure', 'servers.endpoint'])
  expect(await ask('GET', '/events', { token: 'change' })).toMatchObject({
    status: 403,
    body: { error: { code: 'FORBIDDEN', hint: expect.any(String) } },
  })
  expect((await ask('GET', '/hello', { token: 'look' })).status).toBe(200)
})

test('who may only look does not see the keys of servers', async () => {
  const endpoint = { transport: 'http', url: 'http://127.0.0.1:1', token: 'key' }
  const server = { name: 'demo', transport: 'http', endpoint } as never
  const { ask } = await makeDoor(() => Promise.resolve({ ok: [server] }))
  expect((await ask('POST', '/commands/servers.list', { token: 'change' })).body).toEqual({ ok: [server] })
  expect((await ask('POST', '/commands/servers.list', { token: 'look' })).body).toEqual({
    ok: [{ name: 'demo', transport: 'http', endpoint: { transport: 'http', url: 'http://127.0.0.1:1' } }],
  })
})

test('it says who it is', async () => {
  const { ask } = await makeDoor()
  expect(await ask('GET', '/hello')).toEqual({ status: 200, body: hello })
})

test('a command reaches dispatch with its params, and its answer comes back as it is', async () => {
  const seen: unknown[] = []
  const { ask } = await makeDoor((name, params) => {
    seen.push([name, params])
    return Promise.resolve({ ok: [] })
  })
  expect(await ask('POST', '/commands/runtimes.list', { body: '{"refresh":true}' })).toEqual({
    status: 200,
    body: { ok: [] },
  })
  expect(await ask('POST', '/commands/environments.list')).toEqual({ status: 200, body: { ok: [] } })
  expect(seen).toEqual([
    ['runtimes.list', { refresh: true }],
    ['environments.list', {}],
  ])
})

test.each([
  ['NOT_FOUND', 404],
  ['INVALID_PARAMS', 400],
  ['IN_USE', 409],
  ['INTERNAL', 500],
] as const)('an error %s is data, with status %i', async (code, status) => {
  const error = { code, message: 'what happened', hint: 'what to do', details: { path: '/x' } }
  const { ask } = await makeDoor(() => Promise.resolve({ error }))
  expect(await ask('POST', '/commands/servers.get', { body: '{}' })).toEqual({ status, body: { error } })
})

test('broken and oversized bodies are refused, and the door goes on', async () => {
  const { ask } = await makeDoor()
  expect(await ask('POST', '/commands/host.info', { body: '{"a":' })).toMatchObject({
    status: 400,
    body: { error: { code: 'BAD_REQUEST' } },
  })
  const huge = ask('POST', '/commands/host.info', { body: ' '.repeat(9 * 1024 * 1024) })
  // The answer, or a broken pipe: Node closes the connection while we are still sending.
  await expect(
    huge.then(
      (answer) => answer.status,
      (error: NodeJS.ErrnoException) => error.code,
    ),
  ).resolves.toSatisfy((outcome) => outcome === 400 || outcome === 'EPIPE' || outcome === 'ECONNRESET')
  expect(await ask('POST', '/commands/host.info', { body: '{}' })).toEqual({ status: 200, body: { ok: [] } })
})

test('unknown places and methods are NOT_FOUND', async () => {
  const { ask } = await makeDoor()
  for (const [method, route] of [
    ['GET', '/'],
    ['GET', '/commands/host.info'],
    ['POST', '/commands/a/b'],
  ] as const) {
    expect(await ask(method, route)).toMatchObject({ status: 404, body: { error: { code: 'NOT_FOUND' } } })
  }
})

test('an event stream says first that it listens, then tells what happens', async () => {
  const { events, listen } = await makeDoor()
  const lines = await listen('', 3, () => {
    events.emit('settings.changed', { settings })
    events.emit('server.removed', { name: 'demo' })
  })
  expect(lines.map(({ revision, name }) => [revision, name])).toEqual([
    [0, 'open'],
    [1, 'settings.changed'],
    [2, 'server.removed'],
  ])
})

test('a reader that comes back gets what it missed, or is told of the gap', async () => {
  const { events, listen } = await makeDoor()
  for (let index = 0; index < 1500; index += 1) events.emit('server.removed', { name: `s${index}` })
  const missed = await listen('?since=1498', 3)
  expect(missed.map(({ revision, name }) => [revision, name])).toEqual([
    [1500, 'open'],
    [1499, 'server.removed'],
    [1500, 'server.removed'],
  ])
  expect((await listen('?since=3', 1))[0]).toMatchObject({ name: 'gap', revision: 1500 })
  expect((await listen('?since=9999', 1))[0]).toMatchObject({ name: 'gap' })
})

test('open event streams are counted, and closing ends them', async () => {
  const { door, listen } = await makeDoor()
  const stream = listen('', 99).catch((error: Error) => error)
  await expect.poll(() => door.openRequests()).toBe(1)
  await door.close()
  expect(await stream).toBeInstanceOf(Error)
  await expect.poll(() => door.openRequests()).toBe(0)
})
