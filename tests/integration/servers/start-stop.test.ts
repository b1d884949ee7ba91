import { existsSync, readFileSync, statSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { expect, test } from 'vitest'
import { endpointFileSchema } from '../../../contract/index.ts'
import { pidExists } from '../../../core/platform/index.ts'
import { endpointFileOf } from '../../../core/servers/endpoint-file.ts'
import { context, failure, testServers, until } from './harness.ts'

test('a pipe server starts, answers, and is gone after a stop', async () => {
  const { servers, layout, heard, pids } = await testServers()
  const server = await servers.start({ transport: 'pipe' }, context())
  expect(server).toMatchObject({ name: 'pipe', state: 'running', environment: 'default', workersLost: 0 })
  expect(server.processes.map(({ role }) => role)).toEqual(['pool', 'worker'])
  expect(server.pid).toBe(server.processes[0]?.pid)

  const file = endpointFileOf(layout, 'pipe')
  const published = endpointFileSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  const endpoint = await servers.endpoint('pipe')
  expect(endpoint).toEqual({ transport: 'pipe', path: published.path })
  expect(published).toEqual({
    version: 1,
    name: 'pipe',
    transport: 'pipe',
    path: published.path,
    pid: server.pid,
    startedAt: server.startedAt,
  })
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(servers.usedBy('DEFAULT')).toEqual(['pipe'])

  const stopped = await servers.stop('pipe')
  expect(stopped).toMatchObject({ state: 'stopped', pid: null, processes: [], endpoint: null })
  expect(pids().filter(pidExists)).toEqual([])
  expect(existsSync(file)).toBe(false)
  expect(existsSync(published.path ?? '')).toBe(false)
  expect(servers.usedBy('default')).toEqual([])
  expect(await readdir(layout.run)).toEqual([])
  const states = heard.flatMap((event) => (event.name === 'server.changed' ? [event.payload.server.state] : []))
  expect(states.filter((state, at) => state !== states[at - 1])).toEqual(['starting', 'running', 'stopping', 'stopped'])
})

test('an http server gets a token, and its port is free again', async () => {
  const { servers, layout, pids } = await testServers()
  const server = await servers.start({ transport: 'http', port: 0, name: 'Ünïcode und Lücke' }, context())
  const endpoint = await servers.endpoint('ünïcode und lücke')
  if (endpoint.transport !== 'http') throw new Error('not http')
  expect(Buffer.from(endpoint.token ?? '', 'base64url')).toHaveLength(32)
  expect(server.pid).toBe(server.processes.find(({ role }) => role === 'http')?.pid)
  expect(servers.usedBy('admin')).toEqual(['Ünïcode und Lücke'])
  const health = await fetch(`${endpoint.url}/health`, { headers: { authorization: `Bearer ${endpoint.token}` } })
  expect(await health.json()).toEqual({ status: 'ok' })
  expect(existsSync(endpointFileOf(layout, 'Ünïcode und Lücke'))).toBe(true)

  await servers.stop('Ünïcode und Lücke')
  expect(pids().filter(pidExists)).toEqual([])
  const port = Number(new URL(endpoint.url).port)
  await new Promise<void>((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve()))
  })
})
