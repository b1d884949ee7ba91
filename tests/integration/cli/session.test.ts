import { expect, test } from 'vitest'
import type { Session } from '../../../contract/index.ts'
import { run } from '../../unit/cli/fake-io.ts'
import { snapshotOf, terminal } from './terminal.ts'

test('sessions are opened, listed, looked into, reset and closed', async () => {
  const user = terminal()
  await user.json('start', 'pipe', '-d')
  const show = async (...argv: readonly string[]) =>
    snapshotOf(user, { ...(await run(['session', ...argv], user.env)), signal: null }).replaceAll(
      /\b[sp]\d+-\d+/gu,
      '[ID]',
    )
  expect(await show('list', 'pipe')).toMatchInlineSnapshot(`
    "exit code: 0
    ----- stdout -----
    "pipe" has no session; \`beep-host session open pipe\` opens one
    ----- stderr -----
    "
  `)
  expect(await show('open', 'pipe', '--name', 'demo', '--folder', user.folder, '--time-limit', '90', '--handles', '7'))
    .toMatchInlineSnapshot(`
    "exit code: 0
    ----- stdout -----
    id  [ID]
    name  demo
    process  shared with others
    opened  [TIME]
    lease  15 min without use
    handles  0, at most 7
    folder  [FOLDER]
    time limit  1 min 30 s a request
    ----- stderr -----
    \`beep-host exec pipe --session [ID] CODE\` runs code in it"
  `)
  const [session] = await user.json<Session[]>('session', 'list', 'pipe')
  expect(session).toMatchObject({
    name: 'demo',
    workingFolder: user.folder,
    timeoutSeconds: 90,
    handleLimit: 7,
    pid: null,
  })
  expect(await show('handles', 'pipe', 'demo')).toMatchInlineSnapshot(`
    "exit code: 0
    ----- stdout -----
    No objects are held
    ----- stderr -----
    "
  `)
  expect(await user.json('exec', 'pipe', 'x = 1', '--session', 'demo')).toMatchObject({ result: { value: null } })
  expect(await user.json('eval', 'pipe', 'x + n', '--session', 'demo', '--local', 'n=2')).toEqual({ value: 3 })
  expect(await show('reset', 'pipe', 'demo')).toMatchInlineSnapshot(`
    "exit code: 0
    ----- stdout -----
    Session [ID] is empty again
    ----- stderr -----
    "
  `)
  expect(await user.json('exec', 'pipe', '"x" in dir()', '--session', 'demo')).toMatchObject({
    result: { value: false },
  })
  expect(await show('close', 'pipe', 'demo')).toMatchInlineSnapshot(`
    "exit code: 0
    ----- stdout -----
    Session [ID] is closed
    ----- stderr -----
    "
  `)
  expect(await show('close', 'pipe', 'demo')).toMatchInlineSnapshot(`
    "exit code: 3
    ----- stdout -----

    ----- stderr -----
    error: There is no session "demo" on server pipe
    hint: See \`beep-host session list pipe\` for those there are; sessions end with their lease, and with their process."
  `)
})

test('what runs is interrupted from another terminal: all of it, in a session, or one run', async () => {
  const user = terminal()
  await user.json('start', 'pipe', '-d')
  const { id } = await user.json<Session>('session', 'open', 'pipe', '--memory', '512')
  const sleep = 'import time\nprint("begun", flush=True)\ntime.sleep(600)'
  expect(await user.json('eval', 'pipe', 'y = 4\ny', '--session', id)).toEqual({ value: 4 })
  expect(await user.json('eval', 'pipe', 'y * 2', '--session', id)).toEqual({ value: 8 })
  const running = user.start(['exec', 'pipe', sleep, '--session', id])
  await running.said('begun')
  expect(await user.json('interrupt', 'pipe', '--session', id)).toEqual({ interrupted: 1 })
  expect(await running.ended).toMatchObject({ code: 130, stderr: expect.stringContaining('the code was interrupted') })
  const nothing = await user.beep('interrupt', 'pipe')
  expect([nothing.code, nothing.stdout]).toEqual([0, 'Nothing was running there on "pipe"\n'])
  const program = user.start(['eval', 'pipe', 'import time\ntime.sleep(600)'])
  await expect.poll(() => user.json('interrupt', 'pipe'), { timeout: 30_000 }).toEqual({ interrupted: 1 })
  expect(await program.ended).toMatchObject({ code: 130 })
})
