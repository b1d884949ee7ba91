import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { endpointFileSchema } from '../../../contract/index.ts'
import type { Server } from '../../../contract/index.ts'
import { pidExists } from '../../../core/platform/index.ts'
import { endpointFileOf } from '../../../core/servers/endpoint-file.ts'
import { portIsFree } from '../../../core/servers/ports/freedom.ts'
import { context, failure, testEnvironment, testServers } from './harness.ts'
import type { TestServers } from './harness.ts'

/** The states that doors were told, repeats left out. */
function statesOf({ heard }: TestServers): string[] {
  const states = heard.flatMap((event) => (event.name === 'server.changed' ? [event.payload.server.state] : []))
  return states.filter((state, at) => state !== states[at - 1])
}

test('a pipe server starts, answers, and is gone after a stop', async () => {
  const host = testServers()
  const { servers, layout, pids } = host
  const server = await servers.start({ transport: 'pipe' }, context())
  expect(server).toMatchObject({ name: 'pipe', state: 'running', environment: 'default', workersLost: 0 })
  expect(server.processes.map(({ role }) => role)).toEqual(['pool', 'worker'])
  expect(server.pid).toBe(server.processes[0]?.pid)

  const file = endpointFileOf(layout, 'pipe')
  const published = endpointFileSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  const { path: socket = '' } = published
  expect(published).toEqual({
    version: 1,
    name: 'pipe',
    transport: 'pipe',
    path: socket,
    pid: server.pid,
    startedAt: server.startedAt,
  })
  expect(await servers.endpoint('pipe')).toEqual({ transport: 'pipe', path: socket })
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(statSync(path.dirname(socket)).mode & 0o777).toBe(0o700)
  expect(servers.usedBy('DEFAULT')).toEqual(['pipe'])

  const stopped = await servers.stop('pipe')
  expect(stopped).toMatchObject({ state: 'stopped', pid: null, processes: [], endpoint: null, startedAt: null })
  expect(pids().filter(pidExists)).toEqual([])
  expect(existsSync(file)).toBe(false)
  expect(existsSync(socket)).toBe(false)
  expect(servers.usedBy('default')).toEqual([])
  expect(readdirSync(layout.run)).toEqual([])
  expect(statesOf(host)).toEqual(['starting', 'running', 'stopping', 'stopped'])
})

test('an http server gets a token, and its port is free again', async () => {
  const { servers, layout, pids } = testServers()
  const server = await servers.start({ transport: 'http', port: 0, name: 'Ünïcode und Lücke' }, context())
  const endpoint = await servers.endpoint('ünïcode und lücke')
  if (endpoint.transport !== 'http') throw new Error(`it is ${endpoint.transport}`)
  expect(Buffer.from(endpoint.token ?? '', 'base64url')).toHaveLength(32)
  expect(server.pid).toBe(server.processes.find(({ role }) => role === 'http')?.pid)
  expect(servers.usedBy('admin')).toEqual(['Ünïcode und Lücke'])
  expect((await fetch(`${endpoint.url}/health`)).status).toBe(401)
  const health = await fetch(`${endpoint.url}/health`, { headers: { authorization: `Bearer ${endpoint.token}` } })
  expect(await health.json()).toEqual({ status: 'ok' })
  expect(JSON.parse(readFileSync(endpointFileOf(layout, 'Ünïcode und Lücke'), 'utf8'))).toMatchObject({
    ...endpoint,
    pid: server.pid,
  })

  await servers.stop('Ünïcode und Lücke')
  expect(pids().filter(pidExists)).toEqual([])
  expect(await portIsFree(Number(new URL(endpoint.url).port), 0)).toBe(true)
})

test('an rpc server has an address and a token, and its port is free again', async () => {
  const { servers, layout, pids } = testServers()
  const server = await servers.start({ transport: 'rpc', port: 0 }, context())
  const endpoint = await servers.endpoint('rpc')
  if (endpoint.transport !== 'rpc') throw new Error(`it is ${endpoint.transport}`)
  expect(endpoint.address).toMatch(/^127\.0\.0\.1:\d+$/)
  expect(Buffer.from(endpoint.token ?? '', 'base64url')).toHaveLength(32)
  expect(server.processes.map(({ role }) => role)).toEqual(['pool', 'worker', 'rpc'])
  expect(server.pid).toBe(server.processes.find(({ role }) => role === 'rpc')?.pid)
  expect(servers.usedBy('admin')).toEqual(['rpc'])
  const published: unknown = JSON.parse(readFileSync(endpointFileOf(layout, 'rpc'), 'utf8'))
  expect(endpointFileSchema.parse(published)).toMatchObject({ ...endpoint, name: 'rpc', pid: server.pid })
  expect(await servers.logs({ name: 'rpc', lines: 50 })).toContainEqual(
    expect.objectContaining({ source: 'rpc', stream: 'event' }),
  )

  await servers.stop('rpc')
  expect(pids().filter(pidExists)).toEqual([])
  expect(await portIsFree(Number(endpoint.address.split(':')[1]), 0)).toBe(true)
  expect((await servers.logs({ name: 'rpc', lines: 1 }))[0]?.text).toMatch(/^stopped: pool .*, rpc /)
})

test('without auth the token is null, in the file too; and every start has a token of its own', async () => {
  const { servers, layout } = testServers()
  await servers.start({ transport: 'http', port: 0, auth: 'none' }, context())
  expect(await servers.endpoint('http')).toMatchObject({ token: null })
  expect(JSON.parse(readFileSync(endpointFileOf(layout, 'http'), 'utf8'))).toHaveProperty('token', null)
  await servers.stop('http')
  const tokens = new Set<unknown>()
  for (const auth of ['token', undefined] as const) {
    await servers.start({ name: 'http', ...(auth ? { auth } : {}) }, context())
    tokens.add((await servers.endpoint('http')).token)
    await servers.stop('http')
  }
  expect(tokens.size).toBe(2)
})

test('a server is saved by its start, starts again by its name, and changes when told to', async () => {
  const { servers, layout, deps } = testServers()
  await servers.start({ transport: 'pipe', name: 'Démo', environment: 'science' }, context())
  await servers.stop('Démo')
  expect(await servers.list()).toMatchObject([{ name: 'Démo', state: 'stopped', environment: 'science' }])
  const again = await servers.start({ name: 'DÉMO' }, context())
  expect(again).toMatchObject({ name: 'Démo', transport: 'pipe', environment: 'science' })
  expect(servers.usedBy('science')).toEqual(['Démo'])
  await servers.stop('démo')
  await servers.start({ name: 'Démo', transport: 'http', port: 0 }, context())
  await servers.stopAll()
  const file = path.join(layout.servers, 'Démo.json')
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ spec: { transport: 'http', port: 0 } })
  expect(readdirSync(layout.servers)).toEqual(['Démo.json'])
  expect(deps.environments).toBeDefined()
})

test('two servers run side by side, and stop together', async () => {
  const { servers, pids } = testServers()
  await Promise.all([
    servers.start({ transport: 'pipe' }, context()),
    servers.start({ transport: 'http', port: 0 }, context()),
  ])
  expect((await servers.list()).map(({ name, state }) => [name, state])).toEqual([
    ['http', 'running'],
    ['pipe', 'running'],
  ])
  const stopped = await servers.stopAll()
  expect(stopped.map(({ state }) => state)).toEqual(['stopped', 'stopped'])
  expect(pids().filter(pidExists)).toEqual([])
})

test('a running server is not started twice, a stopped one not stopped twice', async () => {
  const { servers, pids } = testServers()
  await servers.start({ transport: 'pipe' }, context())
  expect(await failure(servers.start({ transport: 'pipe' }, context()))).toMatchObject({
    code: 'ALREADY_RUNNING',
    message: 'Server pipe is running already',
  })
  const before = pids().length
  await Promise.all([servers.stop('pipe'), servers.stop('PIPE')])
  expect(await servers.stop('pipe')).toMatchObject({ state: 'stopped' })
  expect(pids()).toHaveLength(before)
})

test('starts that want the same are one start; one that wants something else is refused', async () => {
  const { servers, pids, misbehave } = testServers()
  await misbehave({ pool: { delay: 0.2 } })
  const results = await Promise.allSettled([
    servers.start({ transport: 'pipe' }, context()),
    servers.start({ name: 'pipe' }, context()),
    servers.start({ transport: 'pipe', environment: 'other' }, context()),
  ])
  const [first, second, third] = results
  expect(first).toMatchObject({ status: 'fulfilled', value: { state: 'running' } })
  expect((second as PromiseFulfilledResult<Server>).value.pid).toBe((first as PromiseFulfilledResult<Server>).value.pid)
  expect(third).toMatchObject({ status: 'rejected', reason: { code: 'ALREADY_RUNNING' } })
  expect(pids()).toHaveLength(2)
})

test('a start that comes while it stops waits for the end', async () => {
  const { servers } = testServers()
  const first = await servers.start({ transport: 'pipe' }, context())
  const stopping = servers.stop('pipe')
  const second = await servers.start({ name: 'pipe' }, context())
  await stopping
  expect(second.state).toBe('running')
  expect(second.pid).not.toBe(first.pid)
  expect(await servers.get('pipe')).toMatchObject({ state: 'running', pid: second.pid })
})

test('a restart is a new life under the same description', async () => {
  const { servers, pids } = testServers()
  const first = await servers.start({ transport: 'http', name: 'web', port: 0 }, context())
  const second = await servers.restart('web', context())
  expect(second).toMatchObject({ state: 'running', spec: first.spec })
  expect(pids().filter(pidExists)).toHaveLength(3)
  expect(pidExists(first.pid ?? 0)).toBe(false)
})

test('a server is forgotten with its logs, once it is stopped', async () => {
  const { servers, layout, heard } = testServers()
  await servers.start({ transport: 'pipe', name: 'a b' }, context())
  expect(await failure(servers.remove('a b'))).toMatchObject({ code: 'IN_USE' })
  await servers.stop('a b')
  expect(await servers.remove('A B')).toEqual({ name: 'a b' })
  expect(await servers.list()).toEqual([])
  expect(existsSync(path.join(layout.logs, 'a b'))).toBe(false)
  expect(heard.at(-1)).toMatchObject({ name: 'server.removed', payload: { name: 'a b' } })
})

test('whoever is not there is not found', async () => {
  const { servers } = testServers()
  for (const ask of [servers.get, servers.stop, servers.remove, servers.endpoint]) {
    expect(await failure(ask('nobody'))).toMatchObject({ code: 'NOT_FOUND' })
  }
  expect(await failure(servers.restart('nobody', context()))).toMatchObject({ code: 'NOT_FOUND' })
  expect(await failure(servers.logs({ name: '../..', lines: 1 }))).toMatchObject({ code: 'NOT_FOUND' })
})

test('a server that does not run has no endpoint', async () => {
  const { servers } = testServers()
  await servers.start({ transport: 'pipe' }, context())
  await servers.stop('pipe')
  expect(await failure(servers.endpoint('pipe'))).toMatchObject({ code: 'NOT_RUNNING' })
})

test('a missing or broken environment stops a start before anything is saved', async () => {
  const broken = testEnvironment('x', {
    state: 'broken',
    problem: { code: 'PYTHON_BROKEN', message: 'its runtime is gone', hint: 'make it again' },
  })
  const { servers, layout } = testServers({ environment: broken })
  expect(await failure(servers.start({ transport: 'pipe', environment: 'missing' }, context()))).toMatchObject({
    code: 'NOT_FOUND',
  })
  expect(await failure(servers.start({ transport: 'pipe', environment: 'x' }, context()))).toMatchObject({
    code: 'PYTHON_BROKEN',
    message: 'Environment x is broken: its runtime is gone',
    hint: 'make it again',
  })
  expect(await servers.list()).toEqual([])
  expect(existsSync(layout.servers)).toBe(false)
})

test('a description that cannot be read is a problem for the doctor, and for nobody else', async () => {
  const { servers, layout } = testServers()
  await servers.start({ transport: 'pipe' }, context())
  writeFileSync(path.join(layout.servers, 'bad.json'), 'not JSON')
  expect((await servers.list()).map(({ name }) => name)).toEqual(['pipe'])
  expect(servers.problems()).toMatchObject([{ code: 'FILE_UNREADABLE' }])
  expect((await failure(servers.get('bad'))).hint).toMatch(/bad\.json is not JSON/)
})
