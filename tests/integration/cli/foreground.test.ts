import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Server, Snapshot } from '../../../contract/index.ts'
import { eventually } from '../../tools/eventually.ts'
import { snapshotOf, terminal } from './terminal.ts'

describe('serve', () => {
  test('says where it is, and ends in good order', async () => {
    const user = terminal()
    const host = user.start(['serve'])
    await host.said('Ctrl+C stops')
    expect(await user.json('host', 'status')).toMatchObject({ running: true, pid: host.child.pid })
    await user.json('start', 'pipe', '-d')
    host.child.kill('SIGINT')
    const ran = await host.ended
    expect(snapshotOf(user, ran)).toMatchInlineSnapshot(`
      "exit code: 130
      ----- stdout -----
      Beep Python Host [RELEASE] is running
      data root  [HOME]
      address  [HOME]/run/control.sock
      pid [PID]
      Try, in another terminal
        beep-host init
        beep-host start pipe --detach
        beep-host status
      ----- stderr -----
      Ctrl+C stops it and every server
      Stopping every server"
    `)
    expect(user.processes()).toEqual([])
    expect(await user.json('list')).toMatchObject([{ name: 'pipe', state: 'stopped' }])
  })

  test('with --json: one line; ended by kill, code 0', async () => {
    const user = terminal()
    const host = user.start(['serve', '--json'])
    await host.said('\n')
    host.child.kill('SIGTERM')
    const { code, stdout, stderr } = await host.ended
    expect([code, stderr]).toEqual([0, ''])
    expect(JSON.parse(stdout)).toEqual({ pid: host.child.pid, home: user.home, address: expect.any(String) })
  })

  test('ends when another program asks it to', async () => {
    const user = terminal()
    const host = user.start(['serve'])
    await host.said('Ctrl+C stops')
    await user.json('start', 'pipe', '-d')
    expect(await user.json('host', 'stop')).toEqual({ pid: host.child.pid })
    expect(user.processes()).toEqual([])
    expect((await host.ended).code).toBe(0)
  })
})

// dist/renderer/index.html: what `npm run build` makes.
const pagesAreBuilt = existsSync(path.resolve(import.meta.dirname, '../../../dist/renderer/index.html'))

describe('serve --ui', () => {
  test.skipIf(pagesAreBuilt)('without built pages says so, and leaves no host behind', async () => {
    const user = terminal()
    const ran = await user.beep('serve', '--ui', '--json')
    expect([ran.code, ran.stderr]).toEqual([2, ''])
    expect(JSON.parse(ran.stdout)).toMatchObject({
      error: { code: 'UNSUPPORTED', hint: expect.stringContaining('build') },
    })
    expect(user.processes()).toEqual([])
  })

  test.runIf(pagesAreBuilt)('prints an address; asked again, a fresh one of the same host', async () => {
    const user = terminal()
    const host = user.start(['serve', '--ui', '--json'])
    await host.said('\n')
    const { url } = JSON.parse(host.stdout()) as { url: string }
    expect((await fetch(url, { redirect: 'manual' })).status).toBe(303)
    const again = await user.json<{ url: string }>('serve', '--ui')
    expect(new URL(again.url).port).toBe(new URL(url).port)
    expect(again.url).not.toBe(url)
    host.child.kill('SIGTERM')
    expect((await host.ended).code).toBe(0)
  })
})

describe('start in the foreground, without a host', () => {
  test('is the host until Ctrl+C, and shows the log', async () => {
    const user = terminal()
    const server = user.start(['start', 'pipe', '--name', 'démo'])
    await server.said('Ctrl+C stops it')
    expect(await user.json('host', 'status')).toMatchObject({ running: true, pid: server.child.pid })
    expect(await user.json('eval', 'démo', 'print("seen below")')).toEqual({ value: null })
    await server.said('seen below')
    server.child.kill('SIGINT')
    const ran = await server.ended
    expect(ran.code).toBe(130)
    expect(snapshotOf(user, { ...ran, stderr: '' })).toMatchInlineSnapshot(`
      "exit code: 130
      ----- stdout -----
      "démo" is running
      transport  pipe
      environment  default
      pid [PID]
      address  [HOME]/run/server-démo.sock
      Try
        beep-host eval démo '1 + 1'
        echo '{"command":"eval","payload":{"expression":"1 + 1"}}' | nc -U '[HOME]/run/server-démo.sock'
      ----- stderr -----
      "
    `)
    expect(ran.stderr).toMatch(/pool seen below\n/u)
    expect(ran.stderr).toMatch(/^Stopping every server$/mu)
    expect(user.processes()).toEqual([])
  })

  test('with --json: one document, and the log on stderr', async () => {
    const user = terminal()
    const server = user.start(['start', 'pipe', '--json'])
    await server.said('"state":"running"')
    server.child.kill('SIGTERM')
    const { code, stdout } = await server.ended
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ name: 'pipe', state: 'running', endpoint: { transport: 'pipe' } })
  })

  test('ends when its server is stopped from elsewhere', async () => {
    const user = terminal()
    const server = user.start(['start', 'pipe'])
    await server.said('Ctrl+C stops it')
    await user.json('stop', 'pipe')
    const ran = await server.ended
    expect([ran.code, ran.stderr]).toEqual([0, expect.stringMatching(/"pipe" was stopped from elsewhere\n$/u)])
  })

  test('fails when its server fails, with the evidence', async () => {
    const user = terminal()
    const server = user.start(['start', 'pipe', '--restart', 'never'])
    await server.said('Ctrl+C stops it')
    const [{ pid }] = await user.json<[Server]>('list')
    process.kill(pid!, 'SIGKILL')
    const ran = await server.ended
    expect(ran.code).toBe(1)
    expect(ran.stderr).toMatch(/^error: .*pipe.*$/mu)
    expect(ran.stderr).toContain('SIGKILL')
  })

  test('goes on with a server that comes back by itself, where it was', async () => {
    const user = terminal()
    const server = user.start(['start', 'pipe'])
    await server.said('Ctrl+C stops it')
    const [before] = await user.json<[Server]>('list')
    process.kill(before.pid!, 'SIGKILL')
    await server.said('(1 of 5)')
    const after = await eventually('it runs again', async () => {
      const [now] = await user.json<[Server]>('list')
      return now.state === 'running' ? now : undefined
    })
    expect(after).toMatchObject({ endpoint: before.endpoint, restarts: { attempt: 1, nextAt: null } })
    expect(await user.json('eval', 'pipe', '6 * 7')).toEqual({ value: 42 })
    server.child.kill('SIGINT')
    expect((await server.ended).code).toBe(130)
  })

  test('stays for as long as others have a server in it', async () => {
    const user = terminal()
    const server = user.start(['start', 'pipe', '--name', 'first'])
    await server.said('Ctrl+C stops it')
    await user.json('start', 'pipe', '-d', '--name', 'second')
    await user.json('stop', 'first')
    await server.said('this process still hosts second')
    expect(await user.json('eval', 'second', '1')).toEqual({ value: 1 })
    await user.json('stop', 'second')
    expect((await server.ended).code).toBe(0)
  })
})

describe('start in the foreground, with a host', () => {
  test('stops its own server on Ctrl+C, and leaves the host alone', async () => {
    const user = terminal()
    const host = user.start(['serve'])
    await host.said('Ctrl+C stops')
    const server = user.start(['start', 'pipe'])
    await server.said('Ctrl+C stops it')
    await user.json('start', 'pipe', '-d', '--name', 'other')
    server.child.kill('SIGINT')
    const ran = await server.ended
    expect([ran.code, ran.stderr]).toEqual([130, expect.stringMatching(/Stopping "pipe"\n$/u)])
    const { servers } = await user.json<Snapshot>('status')
    expect(servers.map(({ name, state }) => `${name} ${state}`)).toEqual(['other running', 'pipe stopped'])
  })

  test('says so when the host goes', async () => {
    const user = terminal()
    const host = user.start(['serve'])
    await host.said('Ctrl+C stops')
    const server = user.start(['start', 'pipe'])
    await server.said('Ctrl+C stops it')
    host.child.kill('SIGKILL')
    const ran = await server.ended
    expect(ran.code).toBe(1)
    expect(ran.stderr).toContain('error: The host has ended, and "pipe" with it')
  })
})
