import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { CheckedParams, Server } from '../../../contract/index.ts'
import { context, failure, testEnvironment, testServers } from './harness.ts'
import type { TestServers } from './harness.ts'

const spec = (change: Partial<CheckedParams<'servers.save'>> = {}): CheckedParams<'servers.save'> => ({
  name: 'démo 1',
  transport: 'pipe',
  environment: 'default',
  port: null,
  auth: 'token',
  workers: 1,
  infrastructure: 'none',
  restart: 'on-failure',
  ...change,
})
const fileOf = ({ layout }: TestServers, name: string) => path.join(layout.servers, `${name}.json`)
const onDisk = (host: TestServers, name: string) => JSON.parse(readFileSync(fileOf(host, name), 'utf8')) as unknown
const changes = ({ heard }: TestServers): Server[] =>
  heard.flatMap((event) => (event.name === 'server.changed' ? [event.payload.server] : []))

describe('a saved description', () => {
  test('is a stopped server, on disk, in the list, and told', async () => {
    const host = testServers()
    const saved = await host.servers.save(spec({ transport: 'http', port: 0 }))
    expect(saved).toMatchObject({ name: 'démo 1', state: 'stopped', transport: 'http', endpoint: null })
    expect(saved.spec).toEqual(spec({ transport: 'http', port: 0 }))
    expect(onDisk(host, 'démo 1')).toEqual({ version: 1, spec: saved.spec })
    expect(await host.servers.list()).toEqual([saved])
    expect(changes(host)).toEqual([saved])
  })

  test('replaces the whole of the one before, under the name as it was first written', async () => {
    const host = testServers()
    await host.servers.save(spec({ transport: 'http', port: 4000, auth: 'none' }))
    const again = await host.servers.save(spec({ name: 'DÉMO 1', transport: 'http' }))
    expect(again.spec).toEqual(spec({ transport: 'http' }))
    expect(await host.servers.list()).toEqual([again])
  })

  test('names an environment that is there, as that is written; it may be broken', async () => {
    const environments = {
      get: (name: string) => testServers().deps.environments.get(name === 'MINE' ? 'mine' : name),
      ensure: () => Promise.resolve(testEnvironment('default')),
      ensureAdmin: () => Promise.resolve(testEnvironment('admin')),
    }
    const { servers } = testServers({ environments })
    expect((await servers.save(spec({ environment: 'MINE' }))).environment).toBe('mine')
    expect(await failure(servers.save(spec({ environment: 'missing' })))).toMatchObject({ code: 'NOT_FOUND' })
    const broken = testServers({ environment: { state: 'broken' } })
    expect(await broken.servers.save(spec({ environment: 'mine' }))).toMatchObject({ state: 'stopped' })
  })

  test('follows the rules of a start', async () => {
    const { servers } = testServers()
    expect(await failure(servers.save(spec({ port: 4000 })))).toMatchObject({ code: 'INVALID_PARAMS' })
    expect(await servers.list()).toEqual([])
  })

  test('sets a file aside that cannot be read', async () => {
    const host = testServers()
    mkdirSync(host.layout.servers)
    writeFileSync(fileOf(host, 'démo 1'), '{ "mine": 1')
    await host.servers.save(spec())
    expect(onDisk(host, 'démo 1')).toMatchObject({ spec: spec() })
  })

  test('of a server that runs is taken up when it starts again', async () => {
    const host = testServers()
    const { servers } = host
    const running = await servers.start({ name: 'démo 1', transport: 'pipe' }, context())
    const saved = await servers.save(spec({ transport: 'http', port: 0, environment: 'other' }))
    // What runs goes on as it is, and the description is the new one.
    expect(saved).toEqual({ ...running, spec: spec({ transport: 'http', port: 0, environment: 'other' }) })
    expect(changes(host).at(-1)).toEqual(saved)
    expect(await servers.get('démo 1')).toEqual(saved)
    expect(await servers.endpoint('démo 1')).toMatchObject({ transport: 'pipe' })

    const again = await servers.restart('démo 1', context())
    expect(again).toMatchObject({ transport: 'http', environment: 'other', endpoint: { transport: 'http' } })
    expect(again.spec).toEqual(saved.spec)
  })
})

describe('the start of all', () => {
  test('starts what is saved and not live, and tells everything that runs', async () => {
    const host = testServers()
    const { servers } = host
    for (const name of ['a', 'b', 'c', 'd', 'e']) await servers.save(spec({ name }))
    await servers.start({ name: 'c' }, context())
    const details: (string | undefined)[] = []
    const started = await servers.startAll({
      signal: new AbortController().signal,
      progress: ({ detail }) => details.push(detail),
    })
    expect(started.map(({ name, state }) => [name, state])).toEqual(
      ['a', 'b', 'c', 'd', 'e'].map((name) => [name, 'running']),
    )
    expect(details.at(-1)).toBe('4 of 4')
    expect((await servers.startAll(context())).length).toBe(5)
  })

  test('of nothing is quickly done', async () => {
    const { servers } = testServers()
    expect(await servers.startAll(context())).toEqual([])
  })

  test('goes on past one that fails, and says which did and why', async () => {
    let isGone = false
    const { servers } = testServers({
      environments: {
        get: (name) => (isGone ? Promise.reject(new Error('no disk')) : Promise.resolve(testEnvironment(name))),
        ensure: (name) => Promise.resolve(testEnvironment(name)),
        ensureAdmin: () => Promise.resolve(testEnvironment('admin')),
      },
    })
    for (const name of ['a', 'c']) await servers.save(spec({ name }))
    await servers.save(spec({ name: 'b', environment: 'soon gone' }))
    isGone = true
    const error = await failure(servers.startAll(context()))
    expect(error).toMatchObject({
      code: 'SERVER_FAILED',
      message: '1 of 3 servers did not start: b: Internal error: no disk',
      details: { failed: [{ name: 'b', error: { code: 'INTERNAL' } }], running: ['a', 'c'] },
    })
  })

  test('can be cancelled, by its caller and by a stop of all', async () => {
    for (const end of ['caller', 'stop'] as const) {
      const host = testServers()
      const { servers } = host
      await host.misbehave({ pool: { delay: 60 } })
      for (const name of ['a', 'b', 'c', 'd']) await servers.save(spec({ name }))
      const abort = new AbortController()
      const starting = failure(servers.startAll(context(abort.signal)))
      await expect.poll(async () => (await servers.list()).some(({ state }) => state === 'starting')).toBe(true)
      if (end === 'caller') abort.abort()
      else await servers.stopAll()
      expect(await starting).toMatchObject({ code: 'CANCELLED' })
      expect((await servers.list()).map(({ state }) => state)).toEqual(['stopped', 'stopped', 'stopped', 'stopped'])
    }
  })
})
