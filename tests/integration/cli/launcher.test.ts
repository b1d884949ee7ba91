import { spawnSync } from 'node:child_process'
import { copyFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { eventually } from '../../tools/eventually.ts'
import { launcher, terminal } from './terminal.ts'

// What `npx` runs on a Node that cannot read TypeScript.
describe('the launcher', () => {
  const node = ['--no-experimental-strip-types']

  test('hands over words, input, output and the exit code', async () => {
    const user = terminal()
    await user.json('start', 'pipe', '-d')
    const evaluated = await user.start(['eval', 'pipe', '-'], { node, input: '"é" * 3' }).ended
    expect(evaluated).toEqual({ code: 0, signal: null, stdout: 'ééé\n', stderr: '' })
    expect((await user.start(['endpoint', 'nobody'], { node }).ended).code).toBe(3)
  })

  test('passes on the request to end', async () => {
    const user = terminal()
    const host = user.start(['serve'], { node })
    await host.said('Ctrl+C stops')
    expect(await user.json('host', 'status')).not.toMatchObject({ pid: host.child.pid })
    host.child.kill('SIGTERM')
    expect((await host.ended).code).toBe(0)
    expect(user.processes()).toEqual([])
  })

  test('killed outright, takes the host along', async () => {
    const user = terminal()
    const host = user.start(['serve'], { node })
    await host.said('Ctrl+C stops')
    await user.json('start', 'pipe', '-d')
    host.child.kill('SIGKILL')
    await eventually('all of it is gone', () => user.processes().length === 0)
  })

  test('without any Node that will do, says what to do', async () => {
    const user = terminal()
    // A copy that lies where no `node_modules` is near.
    const lone = path.join(user.folder, 'beep-host.mjs')
    copyFileSync(launcher, lone)
    const ran = spawnSync(process.execPath, [...node, lone], { env: user.env, encoding: 'utf8' })
    expect([ran.status, ran.stdout]).toEqual([1, ''])
    expect(ran.stderr).toMatch(/^error: beep-host needs Node 22\.18 or newer, and this is .*\nhint: Run `npm install`/u)
  })
})
