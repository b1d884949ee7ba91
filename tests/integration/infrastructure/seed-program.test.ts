// The program that this product grew from, as it was written: the environment manager, from Python code inside of a server.
import { existsSync } from 'node:fs'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { connect, isBackendError } from '../../../client/src/index.ts'
import type { PythonBackend } from '../../../client/src/index.ts'
import { connected, doors } from '../client/real-servers.ts'
import { realHost } from './host.ts'

const program = `
import clr
clr.AddReference('Beep.Python.Runtime')
from Beep.Python.RuntimeEngine.Infrastructure import VenvManager
VenvManager(...).EnsureProviderEnvironment('my-provider', None)
`

test('gives the path of a real environment, over pipe, http and rpc', async () => {
  const { instance, home, run } = await realHost()
  const infrastructure = { scope: 'full', address: instance.address, token: instance.token } as const
  const servers = await Promise.all(doors.map(([, start]) => start(infrastructure)))
  const backends = await Promise.all(servers.map(connected))
  // All at once: they share the work.
  const paths = await Promise.all(backends.map((backend) => backend.evaluate<string>(program)))
  const expected = path.join(home, 'environments', 'my-provider')
  expect(paths).toEqual(doors.map(() => expected))
  expect(existsSync(path.join(expected, 'pyvenv.cfg'))).toBe(true)
  expect(await run('environments.get', { name: 'my-provider' })).toMatchObject({ root: expected, state: 'ready' })
  const made = (await run('jobs.list', {})).filter(({ command }) => command === 'environments.ensure')
  expect(made).toHaveLength(1)

  for (const backend of backends) expect(await backend.evaluate(program)).toBe(expected)
  const host = `import beep_host\n[one.name for one in beep_host.environments.list()]`
  for (const backend of backends) expect(await backend.evaluate(host)).toEqual(['my-provider'])
})

/** What Python code met. */
async function refusal(backend: PythonBackend, code: string): Promise<string> {
  return backend.evaluate<string>(
    `
from beep_host import HostError
try:
    exec(code)
    outcome = 'nothing was refused'
except HostError as error:
    outcome = f'{error.code} {error.hint}'
outcome
`,
    { code },
  )
}

test('a server of the host gives its code the scope that it was started with, as long as it runs', async () => {
  const { home, run, instance } = await realHost()
  const start = async (name: string, infrastructure?: 'none' | 'read' | 'full') => {
    const server = await run('servers.start', { name, transport: 'pipe', ...(infrastructure && { infrastructure }) })
    expect(server.spec.infrastructure).toBe(infrastructure ?? 'none')
    const backend = await connect(name, { home })
    onTestFinished(() => backend.close())
    return backend
  }
  const ensure = "from beep_host import environments\nenvironments.ensure('my-provider')"
  const none = await start('nothing')
  expect(await none.evaluate('import beep_host\nbeep_host.scope()')).toBe('none')
  expect(await refusal(none, ensure)).toMatch(/^FORBIDDEN .*--infrastructure read/u)

  const read = await start('look', 'read')
  expect(await read.evaluate('import beep_host\nbeep_host.environments.list()[0].name')).toBe('default')
  expect(await read.evaluate('import beep_host\n[one.name for one in beep_host.servers.list()]')).toContain('look')
  expect(await refusal(read, ensure)).toMatch(/^FORBIDDEN .*--infrastructure full/u)

  const full = await start('change', 'full')
  expect(await full.evaluate(program)).toBe(path.join(home, 'environments', 'my-provider'))
  expect(
    await refusal(full, "environments.ensure('../x')".replace(/^/u, 'from beep_host import environments\n')),
  ).toMatch(/^INVALID_PARAMS/u)
  const token = await full.evaluate<string>("import beep_host._control\nbeep_host._control._way['token']")
  expect(token).not.toBe(instance.token)
  expect(JSON.stringify(await run('servers.logs', { name: 'change' }))).not.toContain(token)

  await run('servers.stop', { name: 'change' })
  const asOther = `import beep_host._control as control\ncontrol.reach_by({**control._way, 'token': token})\n`
  const code = `${asOther}from beep_host import environments\nenvironments.list()`
  expect(
    await read
      .evaluate(`token = ${JSON.stringify(token)}\n${code}`)
      .then(String, (error: unknown) => isBackendError(error) && error.message),
  ).toContain('UNAUTHORIZED')
})
