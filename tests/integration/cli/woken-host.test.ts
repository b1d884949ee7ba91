import { readFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import type { Server, Snapshot } from '../../../contract/index.ts'
import { eventually } from '../../tools/eventually.ts'
import { snapshotOf, terminal } from './terminal.ts'
import type { Started } from './terminal.ts'

describe('a host that was woken', () => {
  test('two that are started at once share one host', async () => {
    const user = terminal()
    await user.json('venv', 'create', 'default')
    const both = await Promise.all(['a', 'b'].map((name) => user.beep('start', 'pipe', '-d', '--name', name, '--json')))
    expect(both.map(({ code, stderr }) => [code, stderr])).toEqual([
      [0, ''],
      [0, ''],
    ])
    const { servers } = await user.json<Snapshot>('status')
    expect(servers.map(({ name, state }) => `${name} ${state}`)).toEqual(['a running', 'b running'])
    expect(await user.json<Server[]>('stop', '--all')).toHaveLength(2)
  })

  test('one that is restarted has a new process, with a host or without', async () => {
    const user = terminal()
    const first = await user.json<Started>('start', 'pipe', '-d')
    const second = await user.json<Started>('servers', 'restart', 'pipe')
    expect(second.pid).not.toBe(first.pid)
    await user.json('host', 'stop')
    expect(user.processes()).toEqual([])
    const third = await user.json<Started>('servers', 'restart', 'pipe')
    expect(third).toMatchObject({ name: 'pipe', state: 'running' })
  })

  test('the woken host ends by itself when its last server has stopped', async () => {
    const user = terminal()
    await user.json('start', 'pipe', '-d')
    await user.json('stop', 'pipe')
    await eventually('the host has ended', () => user.processes().length === 0)
    expect(await user.json('host', 'status')).toMatchObject({ running: false })
  })

  test('a host that is killed takes its servers along, and status says so', async () => {
    const user = terminal()
    await user.json('start', 'pipe', '-d')
    const { host } = await user.json<Snapshot>('status')
    process.kill(host.pid!, 'SIGKILL')
    await eventually('all of it is gone', () => user.processes().length === 0)
    expect(snapshotOf(user, await user.beep('status'))).toMatchInlineSnapshot(`
      "exit code: 0
      ----- stdout -----
      Host
        state  not running
        data root  [HOME]
        version  [RELEASE] on Node [NODE]

      Servers
        NAME  TRANSPORT  STATE  ENVIRONMENT  PID  ENDPOINT
        pipe  pipe  stopped  default  -  -

      Environments
        NAME  PYTHON  STATE  SIZE  USED BY  ROOT
        default  [VERSION]  ready  [SIZE]  -  [HOME]/environments/default

      Pythons
        ID  VERSION  ORIGIN  STATE  EXECUTABLE
        [RUNTIME]  [VERSION]  path  ready, default  [PYTHON]
      ----- stderr -----
      "
    `)
    expect(snapshotOf(user, await user.beep('eval', 'pipe', '1'))).toMatchInlineSnapshot(`
      "exit code: 1
      ----- stdout -----

      ----- stderr -----
      error: Server pipe is stopped
      hint: Start it with \`beep-host start pipe --name pipe\`."
    `)
    expect(await user.json('start', '--name', 'pipe', '-d')).toMatchObject({ state: 'running' })
  })

  test('a server that is killed is failed, with its reason', async () => {
    const user = terminal()
    const { pid } = await user.json<Started>('start', 'pipe', '-d', '--restart', 'never')
    process.kill(pid, 'SIGKILL')
    await eventually(
      'it has failed',
      async () => (await user.json<Server>('servers', 'status', 'pipe')).state === 'failed',
    )
    const { stdout } = await user.beep('servers', 'status', 'pipe')
    expect(stdout).toMatch(/^state +failed$/mu)
    expect(stdout).toMatch(/^last exit +pool: SIGKILL$/mu)
  })
})

describe('a host that cannot start', () => {
  test('is told with its last words', async () => {
    const user = terminal()
    const preload = path.resolve(import.meta.dirname, '../../fixtures/programs/no-host.mjs')
    const broken = { NODE_OPTIONS: `--import=${JSON.stringify(pathToFileURL(preload).href)}` }
    const ran = await user.start(['start', 'pipe', '-d', '--json'], { env: broken }).ended
    expect(ran.code).toBe(1)
    expect(JSON.parse(ran.stdout)).toMatchObject({
      error: {
        code: 'HOST_UNREACHABLE',
        message: 'A host was started, and ended with 1 before it answered',
        details: { lastLines: expect.arrayContaining([expect.stringContaining('no luck today')]) },
      },
    })
    expect(readFileSync(path.join(user.home, 'logs', 'host-output.log'), 'utf8')).toContain('no luck')
  })
})
