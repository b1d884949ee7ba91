// The environment manager as operations of a server: over HTTP as the older clients ask, over the pipe, and over gRPC.
import { readFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { Client, Metadata, credentials } from '@grpc/grpc-js'
import { describe, expect, onTestFinished, test } from 'vitest'
import { methods } from '../../../client/src/_generated/python-service.ts'
import { decodeMessage } from '../../../client/src/rpc/protobuf-decode.ts'
import { encodeMessage } from '../../../client/src/rpc/protobuf-encode.ts'
import { withEnvironmentLock } from '../../../core/environments/lock.ts'
import { startFront, startPool } from '../client/real-servers.ts'
import type { Infrastructure, RealServer } from '../client/real-servers.ts'
import { eventually } from '../../tools/eventually.ts'
import { realHost } from './host.ts'

type Fields = Readonly<Record<string, unknown>>
/** The fields of a reply; those of a refusal have a `code`. */
type Ask = (operation: string, fields?: Fields) => Promise<Fields>

function endpointOf({ home, name }: RealServer): Record<'url' | 'address' | 'token', string> {
  return JSON.parse(readFileSync(path.join(home, 'endpoints', `${name}.json`), 'utf8')) as never
}

function overHttp(server: RealServer): Ask {
  const { url, token } = endpointOf(server)
  return async (operation, fields = {}) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const place = `${url}/api/venv/${operation}`
    const response = await fetch(place, { method: 'POST', headers, body: JSON.stringify(fields) })
    const reply = (await response.json()) as Fields
    expect(response.ok).toBe(reply['code'] === undefined)
    expect(response.status === 403).toBe(reply['code'] === 'FORBIDDEN')
    return reply
  }
}

async function overPipe(pool: RealServer & { readonly path: string }): Promise<Ask> {
  const socket = createConnection(pool.path)
  onTestFinished(() => void socket.destroy())
  const lines = createInterface({ input: socket })[Symbol.asyncIterator]()
  return async (operation, payload = {}) => {
    socket.write(`${JSON.stringify({ command: `venv_${operation}`, payload })}\n`)
    return JSON.parse((await lines.next()).value as string) as Fields
  }
}

const calls = {
  ensure: 'EnsureVenv',
  create: 'CreateVenv',
  delete: 'DeleteVenv',
  list: 'ListVenvs',
  install: 'InstallPackages',
  status: 'GetVenvStatus',
} as const
const codes: Readonly<Record<number, string>> = { 3: 'BAD_REQUEST', 5: 'NOT_FOUND', 7: 'FORBIDDEN', 9: 'HOST_FAILED' }

function overRpc(server: RealServer): Ask {
  const { address, token } = endpointOf(server)
  const client = new Client(address, credentials.createInsecure())
  onTestFinished(() => client.close())
  const metadata = new Metadata()
  metadata.set('authorization', `Bearer ${token}`)
  return (operation, fields = {}) =>
    new Promise((resolve) => {
      const method = methods[calls[operation as keyof typeof calls]]
      const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null))
      client.makeUnaryRequest(
        method.path,
        (message: Fields) => encodeMessage(method.request, message as never),
        (bytes) => ({ ...decodeMessage(method.reply, bytes) }),
        given,
        metadata,
        (error, reply) => resolve(error ? { code: codes[error.code] ?? error.code, message: error.details } : reply!),
      )
    })
}

const doors: readonly (readonly [string, (infrastructure?: Infrastructure) => Promise<Ask>])[] = [
  ['http', async (infrastructure) => overHttp(await startFront('http', undefined, infrastructure))],
  ['pipe', async (infrastructure) => overPipe(await startPool(undefined, infrastructure))],
  ['rpc', async (infrastructure) => overRpc(await startFront('rpc', undefined, infrastructure))],
]

describe.each(doors)('environments over %s', (door, open) => {
  test('are made, told, looked at, and deleted', async () => {
    const { instance, home } = await realHost()
    const ask = await open({ scope: 'full', address: instance.address, token: instance.token })
    const folder = path.join(home, 'environments', 'my-provider')
    expect(await ask('create', { providerName: 'my-provider', modelId: null })).toMatchObject({
      success: true,
      path: folder,
      name: 'my-provider',
      state: 'ready',
    })
    expect(await ask('ensure', { providerName: 'My-Provider' })).toMatchObject({ success: true, path: folder })
    expect(await ask('status', { venvPath: folder })).toMatchObject({ path: folder, packages: [] })
    expect(await ask('list')).toMatchObject({ environments: [{ path: folder, name: 'my-provider' }] })

    expect(await ask('ensure', { providerName: '../x' })).toMatchObject({ code: 'BAD_REQUEST' })
    expect(await ask('create', { name: 'my-provider' })).toMatchObject({ code: 'HOST_FAILED' })
    const bad = { venvPath: folder, packages: ['numpy --index-url http://evil'] }
    expect(await ask('install', bad)).toMatchObject({ code: 'BAD_REQUEST' })
    expect(await ask('install', { venvPath: folder })).toMatchObject({ code: 'BAD_REQUEST' })
    expect(await ask('delete', {})).toMatchObject({ code: 'BAD_REQUEST' })

    expect(await ask('delete', { venvPath: folder })).toMatchObject({ success: true, path: folder })
    expect(await ask('status', { providerName: 'my-provider' })).toMatchObject({ code: 'NOT_FOUND' })
    if (door === 'rpc') expect(await ask('list')).toEqual({ environments: [] })
    else expect(await ask('list')).toEqual({ success: true, environments: [] })
  })

  test('are nothing that a server without the scope gives', async () => {
    const ask = await open()
    for (const operation of Object.keys(calls)) {
      const fields = { providerName: 'my-provider', packages: ['numpy'] }
      expect([operation, (await ask(operation, fields))['code']]).toEqual([operation, 'FORBIDDEN'])
    }
  })
})

test('over http, who asks for server-sent events is told of the progress', async () => {
  const { instance, home } = await realHost()
  const way = { scope: 'full', address: instance.address, token: instance.token } as const
  const { url, token } = endpointOf(await startFront('http', undefined, way))
  const ask = async (accept: string, fields: Fields) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', accept }
    const response = await fetch(`${url}/venv/ensure`, { method: 'POST', headers, body: JSON.stringify(fields) })
    return { type: response.headers.get('content-type'), text: await response.text() }
  }
  const { type, text } = await ask('text/event-stream', { providerName: 'my-provider' })
  expect(type).toBe('text/event-stream')
  const events = text.trimEnd().split('\n\n')
  expect(events.length).toBeGreaterThan(1)
  for (const event of events.slice(0, -1))
    expect(event).toMatch(/^event: progress\ndata: \{"event":"progress","fraction":/u)
  expect(events.at(-1)).toMatch(/^event: result\ndata: \{"success":true,"path":"/u)
  const lines = await ask('*/*', { providerName: 'my-provider', progress: true })
  expect(lines.type).toBe('application/x-ndjson')
  const last = lines.text.trimEnd().split('\n').at(-1)!
  expect(JSON.parse(last)).toMatchObject({ path: path.join(home, 'environments', 'my-provider') })
})

test('whoever asks for environments keeps nobody from running code, and can take it back', async () => {
  const { instance, core, run } = await realHost()
  const pool = await startPool(undefined, { scope: 'full', address: instance.address, token: instance.token })
  const socket = createConnection(pool.path)
  onTestFinished(() => void socket.destroy())
  const lines = createInterface({ input: socket })[Symbol.asyncIterator]()
  const send = (message: Fields) => socket.write(`${JSON.stringify(message)}\n`)
  const read = async () => JSON.parse((await lines.next()).value as string) as Fields
  const context = { signal: new AbortController().signal, progress: () => {} }
  // As long as somebody else works on it, the host waits.
  await withEnvironmentLock(core.layout, 'my-provider', context, async () => {
    send({ id: 1, command: 'venv_ensure', payload: { providerName: 'my-provider' } })
    send({ id: 2, command: 'eval', payload: { expression: '6 * 7' } })
    expect(await read()).toMatchObject({ id: 2, value: 42 })
    const ensuring = async (wanted: string) =>
      (await run('jobs.list', {})).some(({ command, state }) => command === 'environments.ensure' && state === wanted)
    await eventually('the host is at it', () => ensuring('running'))
    send({ id: 3, command: 'cancel', payload: { requestId: 1 } })
    const replies = [await read(), await read()].sort((a, b) => Number(a['id']) - Number(b['id']))
    expect(replies).toMatchObject([
      { id: 1, code: 'CANCELLED' },
      { id: 3, success: true },
    ])
    await eventually('the host has given it up', () => ensuring('cancelled'))
  })
})
