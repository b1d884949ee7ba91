import path from 'node:path'
import { expect, test } from 'vitest'
import { localUser, withPythonMirror } from '../harness/user.ts'
import { builtMain } from './launch.ts'
import { openDesktop } from './open-desktop.ts'

const builtCli = path.join(path.dirname(builtMain), 'cli.mjs')

// Nothing here runs from the source: no file of ours with types in it is read by the programs under test.

test('the bundled desktop app gets a Python over its own network, an environment, and a server', async () => {
  const user = await localUser([{ name: 'tiny', version: '1.0' }])
  const mirror = await withPythonMirror(user)
  await openDesktop(user, { args: ['--hidden'] })

  // Sent somewhere else, as by release pages, then a line that breaks: the download goes on where it was.
  mirror.behave({
    faults: [
      { kind: 'redirect', to: mirror.url },
      { kind: 'cut', after: 300_000 },
    ],
  })
  const init = await user.beep('init', '--json')
  expect(init, init.stdout).toMatchObject({ code: 0 })
  expect(JSON.parse(init.stdout)).toMatchObject({ source: 'managed', state: 'ready' })
  expect(mirror.requests.some(({ range }) => range !== undefined)).toBe(true)

  const made = await user.beep('venv', 'create', 'démo', 'tiny')
  expect(made, made.stderr).toMatchObject({ code: 0 })
  const started = await user.beep('start', 'pipe', '--venv', 'démo', '--name', 'one', '--detach')
  expect(started, started.stderr).toMatchObject({ code: 0 })
  expect(await user.json('eval', 'one', 'import tiny; sum(range(10))')).toEqual({ value: 45 })
})

test('a download that the network refuses is told as such', async () => {
  const user = await localUser()
  const mirror = await withPythonMirror(user)
  await openDesktop(user, { args: ['--hidden'] })
  mirror.behave({ always: { kind: 'redirect', to: 'http://mirror.example/python.tar.gz' } })
  const unsafe = await user.beep('init', '--json')
  expect(JSON.parse(unsafe.stdout)).toMatchObject({
    error: { code: 'NETWORK', message: expect.stringMatching(/redirects/u) as string },
  })
  await mirror.close()
  const refused = await user.beep('init', '--json')
  expect(JSON.parse(refused.stdout)).toMatchObject({ error: { code: 'NETWORK' } })
})

test('the bundled terminal door works alone, and wakes a host from the same bundle', async () => {
  const user = await localUser()
  const beep = (...argv: readonly string[]) => user.start(argv, { program: builtCli }).ended
  expect((await beep('--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/u)
  expect((await beep('init', '--from', 'system')).code).toBe(0)
  const started = await beep('start', 'pipe', '--detach', '--json')
  expect(started, started.stderr).toMatchObject({ code: 0 })
  const { stdout } = await beep('eval', 'pipe', '6 * 7', '--json')
  expect(JSON.parse(stdout)).toEqual({ value: 42 })
  const stopped = await beep('host', 'stop')
  expect(stopped, stopped.stderr).toMatchObject({ code: 0 })
})
