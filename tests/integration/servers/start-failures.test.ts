import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { pidExists } from '../../../core/platform/index.ts'
import { eventually } from '../../tools/eventually.ts'
import { context, failure, fakeEngine, testServers } from './harness.ts'
import type { Behaviour, TestServers } from './harness.ts'

/** Nothing of a start may be left: no process, no socket, no file that tells of one. */
function expectNothingLeft({ pids, layout, servers }: TestServers): void {
  expect(pids().filter(pidExists)).toEqual([])
  expect(readdirSync(layout.run)).toEqual([])
  expect(servers.usedBy('default')).toEqual([])
}

interface Failing {
  readonly pool?: Behaviour
  readonly http?: Behaviour
  readonly code?: string
  readonly message: RegExp
  readonly details?: object
  readonly hint?: RegExp
}

const failing: Readonly<Record<string, Failing>> = {
  'exit code 3': {
    pool: { say: ['thinking', 'no way'], exit: 3 },
    message: /Python process of server http ended with exit code 3 before it was ready: no way$/,
    details: { role: 'pool', exitCode: 3, signal: null, lastLines: ['thinking', 'no way'] },
  },
  'exit code 0': { pool: { exit: 0 }, message: /ended with exit code 0 before it was ready/, details: { exitCode: 0 } },
  'a signal': {
    http: { kill: 'SIGSEGV' },
    message: /HTTP front of server http was ended by SIGSEGV before it was ready/,
    details: { role: 'http', exitCode: null, signal: 'SIGSEGV' },
  },
  'a missing module in the front': {
    http: { say: ["ModuleNotFoundError: No module named 'fastapi'"], exit: 1 },
    message: /No module named 'fastapi'/,
    hint: /beep-host venv admin/,
  },
  'a refusal': {
    pool: { refuse: { code: 'PYTHON_TOO_OLD', message: 'Python 3.9 or newer is needed' } },
    message: /^Server http could not start: Python 3.9 or newer is needed$/,
    details: { reason: 'PYTHON_TOO_OLD', exitCode: 1 },
  },
  'a ready line of another version': {
    pool: { ready: '{"ready": true, "protocol": 99, "role": "pool"}' },
    message: /does not understand: .*protocol/,
    hint: /different versions/,
  },
  'a pool that answers nonsense': {
    pool: { sick: true },
    http: { sick: true },
    message: /says that it is ready and does not answer: GET \/health gave 200/,
  },
}

test.each(Object.entries(failing))('%s is a failure with its evidence', async (_what, expected) => {
  const host = testServers()
  const { servers, misbehave } = host
  await misbehave(expected)
  const error = await failure(servers.start({ transport: 'http', port: 0 }, context()))
  expect(error.code).toBe(expected.code ?? 'SERVER_FAILED')
  expect(error.message).toMatch(expected.message)
  if (expected.hint) expect(error.hint).toMatch(expected.hint)
  if (expected.details) {
    expect(error.details).toMatchObject(expected.details)
    expect(error.details?.['argv']).toContain(fakeEngine)
  }
  expect(await servers.get('http')).toMatchObject({
    state: 'failed',
    pid: null,
    error: { code: error.code, message: error.message },
  })
  expectNothingLeft(host)
  await misbehave({})
  const started = await servers.start({ name: 'http' }, context())
  expect(started.state).toBe('running')
  expect(started.error).toBeUndefined()
})

test.each([
  ['pipe', { pool: { sick: true } }, /does not answer/],
  ['rpc', { rpc: { sick: true } }, /does not answer: Health gave 0a047369636b/],
] as const)('a %s server that does not answer as it should has failed', async (transport, behaviour, message) => {
  const host = testServers()
  await host.misbehave(behaviour)
  const error = await failure(host.servers.start({ transport }, context()))
  expect(error).toMatchObject({ code: 'SERVER_FAILED' })
  expect(error.message).toMatch(message)
  expectNothingLeft(host)
})

test('an rpc front that says why it cannot start, or does not, is believed', async () => {
  const host = testServers()
  await host.misbehave({ rpc: { say: ["ModuleNotFoundError: No module named 'grpc'"], exit: 1 } })
  const error = await failure(host.servers.start({ transport: 'rpc', port: 0 }, context()))
  expect(error.message).toMatch(/The gRPC front of server rpc ended with exit code 1 before it was ready/)
  expect(error.hint).toMatch(/beep-host venv admin/)
  expectNothingLeft(host)
})

test('output before the ready line is only output', async () => {
  const { servers, misbehave } = testServers()
  await misbehave({ pool: { before: ['sitecustomize says hello', '{"not": "ready"}'] } })
  expect(await servers.start({ transport: 'pipe' }, context())).toMatchObject({ state: 'running' })
  const texts = (await servers.logs({ name: 'pipe', lines: 100 })).map(({ text }) => text)
  expect(texts).toContain('sitecustomize says hello')
})

test.each([
  ['silent', { silent: true, say: ['still thinking'] }],
  ['speaking garbage', { ready: 'ready, I swear', say: ['still thinking'] }],
])('a process that stays %s runs into the deadline', async (_what, pool) => {
  const host = testServers({ env: { BEEP_SERVER_START_MS: '4000' } })
  await host.misbehave({ pool })
  const error = await failure(host.servers.start({ transport: 'pipe' }, context()))
  expect(error).toMatchObject({ code: 'TIMEOUT', message: 'Server pipe was not ready within 4 s' })
  expect(error.details?.['lastLines']).toContain('still thinking')
  expectNothingLeft(host)
  expect(await host.servers.get('pipe')).toMatchObject({ state: 'failed' })
})

test('an interpreter that cannot be started is said to be none', async () => {
  const host = testServers({ environment: { executable: '/nowhere/bin/python' } })
  const error = await failure(host.servers.start({ transport: 'http', port: 0 }, context()))
  expect(error.code).toBe('SPAWN_FAILED')
  expect(error.message).toContain('/nowhere/bin/python')
  expectNothingLeft(host)
})

test('a failed start counts for nothing after a stop', async () => {
  const { servers, misbehave } = testServers()
  await misbehave({ pool: { exit: 1 } })
  await failure(servers.start({ transport: 'pipe' }, context()))
  const stopped = await servers.stop('pipe')
  expect(stopped).toMatchObject({ state: 'stopped', lastExit: { role: 'pool', exitCode: 1 } })
  expect(stopped.error).toBeUndefined()
})

const moments: Readonly<Record<string, { readonly pool?: Behaviour; readonly http?: Behaviour }>> = {
  'while the pool starts': { pool: { silent: true } },
  'while the pool does not listen to anybody': { pool: { silent: true, ignoreTerm: true, child: 'setsid' } },
  'while the front starts': { http: { silent: true } },
  'while the front is asked': { http: { mute: true } },
}

test.each(Object.entries(moments))('a start that is cancelled %s leaves nothing', async (_when, behaviour) => {
  // The pool's and the front's, and the straggler's or the worker's.
  const expected = behaviour.pool && !behaviour.pool['child'] ? 2 : 3
  const host = testServers()
  const { servers, misbehave, pids } = host
  await misbehave(behaviour)
  const abort = new AbortController()
  const starting = failure(servers.start({ transport: 'http', port: 0 }, context(abort.signal)))
  await eventually('it is that far', () => pids().length >= expected)
  abort.abort()
  expect(await starting).toMatchObject({ code: 'CANCELLED' })
  expectNothingLeft(host)
  const server = await servers.get('http')
  expect(server.state).toBe('stopped')
  expect(server.error).toBeUndefined()
})

test('a start that was cancelled before it began starts nothing', async () => {
  const { servers, pids } = testServers()
  expect(await failure(servers.start({ transport: 'pipe' }, context(AbortSignal.abort())))).toMatchObject({
    code: 'CANCELLED',
  })
  expect(pids()).toEqual([])
})

test('a stop cancels the start that is under way', async () => {
  const host = testServers()
  await host.misbehave({ pool: { silent: true } })
  const starting = failure(host.servers.start({ transport: 'pipe' }, context()))
  await eventually('it has a process', () => host.pids().length === 1)
  expect(await host.servers.stop('pipe')).toMatchObject({ state: 'stopped' })
  expect(await starting).toMatchObject({ code: 'CANCELLED' })
  expectNothingLeft(host)
})
