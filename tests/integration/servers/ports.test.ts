import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { pidExists } from '../../../core/platform/index.ts'
import { usualPorts } from '../../../core/servers/launch-config.ts'
import { describeHolders, portHolders } from '../../../core/servers/ports/port-holder.ts'
import { context, failure, testServers } from './harness.ts'

/** Listens until the end of the test. */
async function hold(port = 0, host = '127.0.0.1'): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen({ port, host }, resolve))
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())))
  return (server.address() as AddressInfo).port
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise<void>((resolve) => server.close(() => resolve()))
  return port
}

const me = { pid: process.pid, program: path.basename(process.execPath) }

test('the holder of a port is found, on one address and on all of them', async () => {
  for (const host of ['127.0.0.1', '0.0.0.0', '::']) {
    expect(await portHolders(await hold(0, host), process.env)).toEqual({ outcome: 'yes', holders: [me] })
  }
  // Only Linux has the whole of 127/8 without being asked for it.
  if (process.platform === 'linux')
    expect(await portHolders(await hold(0, '127.0.0.2'), process.env)).toEqual({ outcome: 'no' })
  expect(await portHolders(await freePort(), process.env)).toEqual({ outcome: 'no' })
})

test('not being able to tell is not the same as nobody', async () => {
  // No lsof at that place here, and no PowerShell either.
  for (const platform of ['darwin', 'win32'] as const) {
    expect(await portHolders(1, {}, platform)).toMatchObject({ outcome: 'unknown' })
  }
  expect(describeHolders({ outcome: 'unknown', reason: 'x' })).toBeUndefined()
  expect(describeHolders({ outcome: 'yes', holders: [{ pid: null, program: null }, me] })).toBe(
    `a process of another user and ${me.program} (process ${process.pid})`,
  )
})

test('a fixed port is used, and a taken one names its holder', async () => {
  const { servers, pids } = testServers()
  const port = await freePort()
  const server = await servers.start({ transport: 'http', port }, context())
  expect(server.endpoint).toMatchObject({ url: `http://127.0.0.1:${port}` })
  await servers.stop('http')

  const taken = await hold()
  const error = await failure(servers.start({ name: 'http', port: taken }, context()))
  expect(error).toMatchObject({
    code: 'PORT_IN_USE',
    message: `Port ${taken} is in use by ${me.program} (process ${process.pid})`,
    details: { port: taken, holders: [me], exitCode: 1 },
  })
  expect(error.hint).toMatch(/--port/)
  expect(pids().filter(pidExists)).toEqual([])
  expect(await servers.get('http')).toMatchObject({ state: 'failed', error: { code: 'PORT_IN_USE' } })
})

test('another server of this host is called by its name', async () => {
  const { servers } = testServers()
  const port = await freePort()
  await servers.start({ transport: 'http', name: 'première', port }, context())
  const error = await failure(servers.start({ transport: 'http', name: 'second', port }, context()))
  expect(error.message).toBe(`Port ${port} is in use by the server première`)
})

test.each(['http', 'rpc'] as const)(
  'without a port %s has the usual one, and another where that is taken',
  async (transport) => {
    const { servers, pids } = testServers()
    const usual = usualPorts[transport]
    // Somebody else on this machine may have it, which is just as well.
    await hold(usual).catch(() => {})
    const server = await servers.start({ transport }, context())
    const { url, address } = { url: undefined, address: undefined, ...server.endpoint }
    expect(String(url ?? address)).toMatch(/127\.0\.0\.1:\d+$/)
    expect(String(url ?? address)).not.toMatch(new RegExp(`:${usual}$`))
    expect(server.spec.port).toBeNull()
    expect(server.lastExit).toBeUndefined()
    // The pool, its worker, the front that did not get its port, the one that did.
    expect(pids()).toHaveLength(4)
    expect(pids().filter(pidExists)).toHaveLength(3)
    const texts = (await servers.logs({ name: transport, lines: 50 })).map(({ text }) => text)
    expect(texts.join('\n')).toMatch(new RegExp(`Port ${usual} is in use.*; the system chooses another one`))
  },
)

test('two servers without a port do not fight over the usual one', async () => {
  const { servers } = testServers()
  const started = await Promise.all(['a', 'b'].map((name) => servers.start({ transport: 'http', name }, context())))
  const urls = new Set(started.map(({ endpoint }) => (endpoint?.transport === 'http' ? endpoint.url : undefined)))
  expect(urls.size).toBe(2)
})
