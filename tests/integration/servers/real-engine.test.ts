import { expect, onTestFinished, test } from 'vitest'
import { createRpcBackend } from '../../../client/src/rpc.ts'
import { pidExists } from '../../../core/platform/index.ts'
import { askOnce } from '../../../core/servers/readiness.ts'
import { eventually } from '../../tools/eventually.ts'
import { context, failure } from './harness.ts'
import { realServers } from './real-servers.ts'

async function evaluate(url: string, token: string, expression: string): Promise<unknown> {
  const response = await fetch(`${url}/eval`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ expression }),
  })
  return response.json()
}

test('the real thing: http, from start to proof that it is gone', async () => {
  const { servers, own } = realServers()
  const server = await servers.start({ transport: 'http', port: 0 }, context())
  const endpoint = await servers.endpoint('http')
  if (endpoint.transport !== 'http' || endpoint.token === null) throw new Error('no token')
  const ask = (expression: string) => evaluate(endpoint.url, endpoint.token ?? '', expression)
  expect(await ask('import sys\nsys.prefix')).toMatchObject({ value: own.root })
  expect(await ask('import os, shutil\n[os.environ["VIRTUAL_ENV"], shutil.which("python")]')).toMatchObject({
    value: [own.root, own.executable],
  })
  const worker = server.processes.find(({ role }) => role === 'worker')?.pid
  expect(await ask('import os\nos.getpid()')).toMatchObject({ value: worker })

  expect(await ask('print("gruß aus python")\nimport os\nos.abort()')).toMatchObject({ code: 'WORKER_LOST' })
  const after = await eventually('there is another worker', async () => {
    const now = await servers.get('http')
    return now.processes.some(({ role, pid }) => role === 'worker' && pid !== worker) ? now : undefined
  })
  expect(after).toMatchObject({ state: 'running', workersLost: 1, lastExit: { role: 'worker', signal: 'SIGABRT' } })
  expect(await ask('1 + 1')).toMatchObject({ value: 2 })
  const lines = await servers.logs({ name: 'http', lines: 100 })
  expect(lines).toContainEqual(expect.objectContaining({ source: 'pool', stream: 'stdout', text: 'gruß aus python' }))

  expect(await servers.stop('http')).toMatchObject({ state: 'stopped' })
  const pids = [...server.processes, ...after.processes].map(({ pid }) => pid)
  expect(pids.filter(pidExists)).toEqual([])
  expect((await servers.logs({ name: 'http', lines: 1 }))[0]?.text).toBe(
    'stopped: pool ended when asked, http ended when asked',
  )
})

test('the real thing: rpc, its token, and a token that is wrong', async () => {
  const { servers, own } = realServers()
  const server = await servers.start({ transport: 'rpc', port: 0 }, context())
  const endpoint = await servers.endpoint('rpc')
  if (endpoint.transport !== 'rpc' || endpoint.token === null) throw new Error('no token')
  const python = createRpcBackend(endpoint.address, { token: endpoint.token })
  onTestFinished(() => python.close())
  expect(await python.evaluate('import sys\nsys.prefix')).toBe(own.root)
  const { signal } = new AbortController()
  await askOnce('rpc', endpoint, signal)
  const refused = await failure(askOnce('rpc', { ...endpoint, token: 'wrong' }, signal))
  expect(refused.message).toMatch(/Health gave gRPC status 16: .*token/)

  expect(await servers.stop('rpc')).toMatchObject({ state: 'stopped' })
  expect(server.processes.map(({ pid }) => pid).filter(pidExists)).toEqual([])
  expect((await servers.logs({ name: 'rpc', lines: 1 }))[0]?.text).toBe(
    'stopped: pool ended when asked, rpc ended when asked',
  )
})

test('the real thing: a pool that is killed takes what user code had started along', async () => {
  const { servers } = realServers()
  const web = await servers.start({ transport: 'http', port: 0, auth: 'none' }, context())
  const url = web.endpoint?.transport === 'http' ? web.endpoint.url : ''
  const code = 'import subprocess, sys\nsubprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]).pid'
  const { value: grandchild } = (await evaluate(url, '', code)) as { value: number }
  expect(pidExists(grandchild)).toBe(true)
  const pool = web.processes.find(({ role }) => role === 'pool')?.pid ?? 0
  const killed = performance.now()
  process.kill(pool, 'SIGKILL')
  const failed = await eventually('it has failed', async () => {
    const now = await servers.get('http')
    return now.state === 'failed' ? now : undefined
  })
  expect(performance.now() - killed).toBeLessThan(1000)
  expect(failed.lastExit).toMatchObject({ role: 'pool', signal: 'SIGKILL' })
  await eventually('everything is gone', () =>
    [grandchild, ...web.processes.map(({ pid }) => pid)].every((pid) => !pidExists(pid)),
  )
})

test('the real thing: a pipe server starts on an environment with nothing in it', async () => {
  const { servers } = realServers()
  const server = await servers.start({ transport: 'pipe' }, context())
  expect(server.processes.map(({ role }) => role)).toEqual(['pool', 'worker'])
  await servers.stop('pipe')
  expect(server.processes.map(({ pid }) => pid).filter(pidExists)).toEqual([])
})
