import path from 'node:path'
import { existsSync, writeFileSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { BusyError } from '../../../client/src/errors.ts'
import { createHttpBackend, createPipeBackend } from '../../../client/src/index.ts'
import { createRpcBackend } from '../../../client/src/rpc.ts'
import type { Endpoint } from '../../../contract/index.ts'
import { eventually } from '../../tools/eventually.ts'
import { tempFolder } from '../../tools/temp-folder.ts'
import { context } from './harness.ts'
import { realServers } from './real-servers.ts'

function backendOf(endpoint: Endpoint) {
  const token = 'token' in endpoint && endpoint.token ? { token: endpoint.token } : {}
  if (endpoint.transport === 'http') return createHttpBackend(endpoint.url, token)
  if (endpoint.transport === 'rpc') return createRpcBackend(endpoint.address, token)
  return createPipeBackend(endpoint.path)
}

test('more calls than may wait: over http and gRPC some are BUSY, over a pipe the rest waits here; then all goes on', async () => {
  const { servers } = realServers()
  for (const transport of ['http', 'rpc', 'pipe'] as const) {
    await servers.start({ transport, queueLimit: 4, ...(transport === 'pipe' ? {} : { port: 0 }) }, context())
    const backend = backendOf(await servers.endpoint(transport))
    onTestFinished(() => backend.close())
    const folder = tempFolder()
    const [started, end] = [path.join(folder, 'started'), path.join(folder, 'end')]
    const code = `import os, time\nopen(started, 'w').close()\nwhile not os.path.exists(end): time.sleep(0.01)\n0`
    const running = backend.evaluate<number>(code, { started, end })
    await eventually('the code runs', () => existsSync(started))
    const calls = Array.from({ length: 10 }, (_, index) => backend.evaluate<number>('n', { n: index }))
    const settled = Promise.allSettled(calls)
    const isPipe = transport === 'pipe'
    // A pipe is read no further than half of what may wait: what is beyond has not been sent, or not been read.
    const expected = isPipe ? { waiting: 1, errors: {} } : { waiting: 4, errors: { BUSY: 6 } }
    await expect.poll(() => servers.metrics(transport), { timeout: 20_000 }).toMatchObject(expected)
    writeFileSync(end, '')
    expect(await running).toBe(0)
    const outcomes = await settled
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []))
    expect(refused).toHaveLength(isPipe ? 0 : 6)
    for (const reason of refused) {
      expect(reason).toBeInstanceOf(BusyError)
      expect(reason).toMatchObject({ code: 'BUSY', limit: 4 })
    }
    expect(await backend.evaluate<number>('1 + 1')).toBe(2)
    await servers.stop(transport)
  }
})
