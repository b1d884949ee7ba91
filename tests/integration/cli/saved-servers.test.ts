import { rmSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { Job, Server } from '../../../contract/index.ts'
import { snapshotOf, terminal } from './terminal.ts'

test('a server is described, changed, and started with all others', async () => {
  const user = terminal()
  const show = async (...argv: readonly string[]) => snapshotOf(user, await user.beep(...argv))
  expect(await show('servers', 'save', 'démo 1')).toMatchInlineSnapshot(`
    "exit code: 2
    ----- stdout -----

    ----- stderr -----
    error: There is no server "démo 1" yet: which transport?
    hint: \`beep-host servers save NAME --transport http|pipe|rpc\`"
  `)
  expect(await show('servers', 'save', 'démo 1', '--transport', 'http', '--port', '4000', '--auth', 'none'))
    .toMatchInlineSnapshot(`
      "exit code: 0
      ----- stdout -----
      Saved "démo 1"
      ----- stderr -----
      "
    `)
  const changed = await user.json<Server>('servers', 'save', 'démo 1', '--port', 'usual')
  expect(changed.spec).toMatchObject({ transport: 'http', port: null, auth: 'none', environment: 'default' })
  const other = await user.json<Server>('servers', 'save', 'démo 1', '--transport', 'pipe')
  expect(other.spec).toMatchObject({ transport: 'pipe', port: null, auth: 'none' })

  expect(await show('start', '--all', '--port', '0')).toMatchInlineSnapshot(`
    "exit code: 2
    ----- stdout -----

    ----- stderr -----
    error: --all starts servers as they are saved, and does not go with --port
    hint: \`beep-host servers save NAME\` changes what is saved"
  `)
  await user.json('servers', 'save', 'b', '--transport', 'pipe')
  const running = await user.json<Server[]>('start', '--all')
  expect(running.map(({ name, state }) => [name, state])).toEqual([
    ['b', 'running'],
    ['démo 1', 'running'],
  ])
  expect(await show('servers', 'save', 'b', '--auth', 'none')).toMatchInlineSnapshot(`
    "exit code: 0
    ----- stdout -----
    Saved "b"
    ----- stderr -----
    It is running, and takes this up when it starts again"
  `)
})

test('one that cannot start is named, and a retry of the job does it again', async () => {
  const user = terminal()
  await user.json('venv', 'create', 'doomed')
  await user.json('servers', 'save', 'a', '--transport', 'pipe', '--venv', 'doomed')
  await user.json('servers', 'save', 'b', '--transport', 'pipe')
  rmSync(path.join(user.home, 'environments', 'doomed'), { recursive: true })
  const failed = await user.beep('start', '--all')
  expect(snapshotOf(user, failed)).toMatchInlineSnapshot(`
    "exit code: 1
    ----- stdout -----

    ----- stderr -----
    Starting servers
    error: 1 of 2 servers did not start: a: There is no environment doomed
    hint: Make one with \`beep-host venv create NAME\`."
  `)

  const jobs = await user.json<Job[]>('jobs', 'list')
  const first = jobs.find(({ command }) => command === 'servers.startAll')!
  const again = await user.json<Job>('jobs', 'retry', first.id)
  expect(again).toMatchObject({ command: 'servers.startAll', subject: 'all servers' })
  expect(again.id).not.toBe(first.id)
  const unknown = await user.beep('jobs', 'retry', 'nope')
  expect([unknown.code, unknown.stderr]).toEqual([3, expect.stringContaining('There is no job nope')])
})
