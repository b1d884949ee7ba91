import { rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { Server } from '../../../contract/index.ts'
import { eventually } from '../../tools/eventually.ts'
import { kill, said, until, untilItIsCleared, untilItWaits, withClock } from './comebacks.ts'
import { context, failure, testEnvironment } from './harness.ts'

test('a stop while it waits is the end of that', async () => {
  const host = withClock()
  kill(await host.servers.start({ transport: 'pipe' }, context()), 'pool')
  await untilItWaits(host, 'pipe')
  const stopped = await host.servers.stop('pipe')
  expect(stopped).toMatchObject({ state: 'stopped' })
  expect(stopped.restarts).toBeUndefined()
  expect(host.clock.waits()).toEqual([])
  expect(await said(host, 'pipe')).toContain('is not started again: somebody has called it off')
})

test('a stop while it starts again is the end of that, too', async () => {
  const host = withClock()
  kill(await host.servers.start({ transport: 'pipe' }, context()), 'pool')
  await untilItWaits(host, 'pipe')
  await host.misbehave({ pool: { silent: true } })
  host.clock.next()
  await until(host, 'pipe', 'it starts', ({ state }) => state === 'starting')
  expect(await host.servers.stop('pipe')).toMatchObject({ state: 'stopped', processes: [] })
  expect(host.clock.waits()).toEqual([])
})

test('what it will come back to is kept for it while it waits, and let go of with a stop', async () => {
  const host = withClock()
  const before = await host.servers.start({ transport: 'http', port: 0 }, context())
  const token = before.endpoint?.token ?? ''
  const held = () => ({
    environment: host.servers.usedBy('default'),
    admin: host.servers.usedBy('admin'),
    masked: host.deps.secrets.mask(token) === '***',
  })
  kill(before, 'pool')
  await untilItWaits(host, 'http')
  await untilItIsCleared(host, 'http')
  expect(held()).toEqual({ environment: ['http'], admin: ['http'], masked: true })
  await host.servers.stop('http')
  expect(held()).toEqual({ environment: [], admin: [], masked: false })
  const { endpoint } = await host.servers.start({ name: 'http' }, context())
  expect(endpoint?.token).not.toBe(token)
})

test('one that is wanted sooner, and then not, is stopped like any other', async () => {
  const host = withClock()
  const before = await host.servers.start({ transport: 'http', port: 0 }, context())
  kill(before, 'pool')
  await untilItWaits(host, 'http')
  await host.misbehave({ pool: { silent: true } })
  const abort = new AbortController()
  const starting = failure(host.servers.start({ name: 'http' }, context(abort.signal)))
  await until(host, 'http', 'it starts', ({ state }) => state === 'starting')
  abort.abort()
  expect(await starting).toMatchObject({ code: 'CANCELLED' })
  expect(await host.servers.get('http')).toMatchObject({ state: 'stopped' })
  await host.misbehave({})
  const { endpoint } = await host.servers.start({ name: 'http' }, context())
  expect(endpoint?.token).not.toBe(before.endpoint?.token)
})

test('a stop that meets a death is a stop', async () => {
  const host = withClock()
  const { promise: stopping, resolve } = Promise.withResolvers<Server>()
  const forget = host.events.subscribe((event) => {
    if (event.name !== 'server.changed' || event.payload.server.state !== 'running') return
    forget()
    kill(event.payload.server, 'pool')
    resolve(host.servers.stop('pipe'))
  })
  await host.servers.start({ transport: 'pipe' }, context()).catch(() => {})
  const stopped = await stopping
  expect(stopped).toMatchObject({ state: 'stopped', processes: [] })
  expect(stopped.restarts).toBeUndefined()
  expect(host.clock.waits()).toEqual([])
})

test('one whose description has gone or been spoilt meanwhile can be called off', async () => {
  const host = withClock()
  const file = (name: string) => path.join(host.layout.servers, `${name}.json`)
  for (const name of ['gone', 'spoilt', 'all']) {
    kill(await host.servers.start({ transport: 'pipe', name }, context()), 'pool')
    await untilItWaits(host, name)
  }
  rmSync(file('gone'))
  writeFileSync(file('spoilt'), 'nonsense')
  rmSync(file('all'))
  for (const name of ['gone', 'spoilt']) expect(await host.servers.stop(name)).toMatchObject({ name, state: 'stopped' })
  expect(await host.servers.stopAll()).toMatchObject([{ name: 'all', state: 'stopped' }])
  expect(host.clock.waits()).toEqual([])
  expect(await failure(host.servers.stop('gone'))).toMatchObject({ code: 'NOT_FOUND' })
})

test('a policy that is changed while it waits counts at once; one that is removed does not come back', async () => {
  const host = withClock()
  for (const name of ['changed', 'removed']) {
    kill(await host.servers.start({ transport: 'pipe', name }, context()), 'pool')
    await untilItWaits(host, name)
  }
  expect(host.clock.waits()).toEqual([1000, 1000])
  const saved = await host.servers.save({ ...(await host.servers.get('changed')).spec, restart: 'never' })
  expect(saved).toMatchObject({ state: 'failed', spec: { restart: 'never' } })
  expect(saved.restarts).toBeUndefined()
  await eventually('what died is cleared away', async () => {
    await host.servers.remove('removed').catch(() => {})
    return !(await host.servers.list()).some(({ name }) => name === 'removed')
  })
  expect(host.clock.waits()).toEqual([])
})

test('a policy of never, saved while the start has begun and shows nothing yet, takes that start back', async () => {
  const gate = Promise.withResolvers<void>()
  const { promise: asked, resolve: tellAsked } = Promise.withResolvers<void>()
  let isHeld = false
  const host = withClock({
    environments: {
      get: async (name) => {
        if (isHeld) {
          isHeld = false
          tellAsked()
          await gate.promise
        }
        return testEnvironment(name)
      },
      ensure: (name) => Promise.resolve(testEnvironment(name)),
      ensureAdmin: () => Promise.resolve(testEnvironment('admin')),
    },
  })
  kill(await host.servers.start({ transport: 'pipe', environment: 'mine' }, context()), 'pool')
  await untilItWaits(host, 'pipe')
  await untilItIsCleared(host, 'pipe')
  const before = host.heard.length
  isHeld = true
  host.clock.next()
  await asked
  const { spec } = await host.servers.get('pipe')
  await host.servers.save({ ...spec, restart: 'never' })
  gate.resolve()
  await eventually('nothing of it is left', () =>
    host.servers.remove('pipe').then(
      () => true,
      () => false,
    ),
  )
  const states = host.heard
    .slice(before)
    .flatMap(({ name, payload }) => (name === 'server.changed' ? [payload.server.state] : []))
  expect(new Set(states)).toEqual(new Set(['failed', 'stopped']))
  expect(host.clock.waits()).toEqual([])
})
