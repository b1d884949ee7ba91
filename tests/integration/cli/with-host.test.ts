import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { LogLine } from '../../../contract/index.ts'
import { eventually } from '../../tools/eventually.ts'
import { snapshotOf, terminal } from './terminal.ts'
import type { Started } from './terminal.ts'

describe('a server in the background', () => {
  test('the whole way: start, eval, logs, endpoint, status, stop', async () => {
    const user = terminal()
    const started = await user.json<Started>('start', 'pipe', '--detach', '--name', 'démo 1')
    expect(started).toEqual({
      name: 'démo 1',
      transport: 'pipe',
      state: 'running',
      environment: 'default',
      pid: expect.any(Number),
      endpoint: { transport: 'pipe', path: expect.any(String) },
    })
    expect(await user.json('endpoint', 'démo 1')).toEqual(started.endpoint)
    expect((await user.beep('endpoint', 'démo 1', '--field', 'path')).stdout).toBe(`${started.endpoint.path}\n`)

    const show = async (...argv: readonly string[]) => snapshotOf(user, await user.beep(...argv))
    expect(await show('eval', 'démo 1', '[n * 2 for n in range(k)], 1.5, None', '--local', 'k=3'))
      .toMatchInlineSnapshot(`
      "exit code: 0
      ----- stdout -----
      ([0, 2, 4], 1.5, None)
      ----- stderr -----
      "
    `)
    expect(await user.json('eval', 'démo 1', 'import math\nmath.floor(2.5), 2**60, b"a"')).toEqual({
      value: {
        $type: 'tuple',
        items: [2, { $type: 'int', value: String(2n ** 60n) }, { $type: 'bytes', base64: 'YQ==' }],
      },
    })
    expect(await user.json('eval', 'démo 1', 'object()')).toEqual({
      handle: { handleId: expect.any(String), typeName: 'object', repr: expect.stringContaining('<object object') },
    })
    const piped = user.start(['eval', 'démo 1', '-'], { input: 'print("seen in the log")\n"from \\x1b[2J stdin"' })
    expect(snapshotOf(user, await piped.ended)).toMatchInlineSnapshot(`
      "exit code: 0
      ----- stdout -----
      from \\x1b[2J stdin
      ----- stderr -----
      "
    `)

    const lines = await user.json<LogLine[]>('logs', 'démo 1')
    expect(lines.map(({ text }) => text)).toContain('seen in the log')
    expect(await user.json<LogLine[]>('logs', 'démo 1', '--lines', '1')).toHaveLength(1)
    expect((await user.beep('logs', 'démo 1')).stdout).toMatch(
      /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d pool seen in the log$/mu,
    )

    expect(await show('status')).toMatchInlineSnapshot(`
      "exit code: 0
      ----- stdout -----
      Host
        state  running, pid [PID]
        started  [TIME]
        data root  [HOME]
        version  [RELEASE] on Node [NODE]

      Servers
        NAME  TRANSPORT  STATE  ENVIRONMENT  PID  ENDPOINT
        démo 1  pipe  running  default  [PID]  [HOME]/run/server-démo 1.sock

      Environments
        NAME  PYTHON  STATE  SIZE  USED BY  ROOT
        default  [VERSION]  ready  [SIZE]  démo 1  [HOME]/environments/default

      Pythons
        ID  VERSION  ORIGIN  STATE  EXECUTABLE
        [RUNTIME]  [VERSION]  path  ready, default  [PYTHON]
      ----- stderr -----
      "
    `)
    expect(await show('stop', 'démo 1')).toMatchInlineSnapshot(`
      "exit code: 0
      ----- stdout -----
      Stopped "démo 1"
      ----- stderr -----
      "
    `)
    expect(await show('stop', 'démo 1')).toMatchInlineSnapshot(`
      "exit code: 0
      ----- stdout -----
      "démo 1" was not running
      ----- stderr -----
      "
    `)
    expect(existsSync(started.endpoint.path)).toBe(false)
    expect(await show('endpoint', 'démo 1')).toMatchInlineSnapshot(`
      "exit code: 1
      ----- stdout -----

      ----- stderr -----
      error: Server démo 1 is stopped
      hint: Start it with \`beep-host start pipe --name démo 1\`."
    `)
    expect(await show('servers', 'remove', 'démo 1')).toMatchInlineSnapshot(`
      "exit code: 0
      ----- stdout -----
      Forgot "démo 1"
      ----- stderr -----
      "
    `)
    expect(await user.json('list')).toEqual([])
  })

  test('what Python raises is told with its traceback', async () => {
    const user = terminal()
    await user.json('start', 'pipe', '-d')
    expect(snapshotOf(user, await user.beep('eval', 'pipe', 'n = 1\nn / 0'))).toMatchInlineSnapshot(`
      "exit code: 1
      ----- stdout -----

      ----- stderr -----
      Traceback (most recent call last):
        File "<eval-1>", line 2, in <module>
        n / 0
      error: ZeroDivisionError: division by zero"
    `)
    const ran = await user.beep('eval', 'pipe', '1 / 0', '--json')
    expect([ran.code, ran.stderr]).toEqual([1, ''])
    expect(JSON.parse(ran.stdout)).toEqual({
      error: {
        code: 'PYTHON_ERROR',
        message: 'ZeroDivisionError: division by zero',
        traceback: expect.stringContaining('Traceback (most recent call last)'),
        details: { exceptionType: 'ZeroDivisionError' },
      },
    })
    const exited = await user.beep('eval', 'pipe', 'exit(3)', '--json')
    expect([exited.code, JSON.parse(exited.stdout)]).toMatchObject([1, { error: { code: 'PYTHON_EXIT' } }])
    const lost = await user.beep('eval', 'pipe', 'import os; os.kill(os.getpid(), 9)', '--json')
    expect([lost.code, JSON.parse(lost.stdout)]).toMatchObject([1, { error: { code: 'WORKER_LOST' } }])
    expect(await user.json('eval', 'pipe', '1 + 1')).toEqual({ value: 2 })
  })

  test('an evaluation that takes too long, or is interrupted, is cancelled', async () => {
    const user = terminal()
    await user.json('start', 'pipe', '-d')
    const late = await user.beep('eval', 'pipe', 'import time; time.sleep(60)', '--timeout', '1', '--json')
    expect([late.code, JSON.parse(late.stdout)]).toMatchObject([5, { error: { code: 'TIMEOUT' } }])

    const marker = path.join(user.home, 'running')
    const code = `import pathlib, time; pathlib.Path(${JSON.stringify(marker)}).touch(); time.sleep(60)`
    const evaluating = user.start(['eval', 'pipe', code])
    await eventually('the code runs', () => existsSync(marker))
    evaluating.child.kill('SIGINT')
    expect(snapshotOf(user, await evaluating.ended)).toMatchInlineSnapshot(`
      "exit code: 130
      ----- stdout -----

      ----- stderr -----
      error: Interrupted by SIGINT"
    `)
    expect(await user.json('eval', 'pipe', '"free again"')).toEqual({ value: 'free again' })
  })

  test('names that are taken, and things in use, are conflicts', async () => {
    const user = terminal()
    await user.json('start', 'pipe', '-d')
    const show = async (...argv: readonly string[]) => snapshotOf(user, await user.beep(...argv))
    expect(await show('start', 'pipe', '-d')).toMatchInlineSnapshot(`
      "exit code: 4
      ----- stdout -----

      ----- stderr -----
      error: Server pipe is running already
      hint: Stop it first with \`beep-host stop pipe\`, or choose another name with --name."
    `)
    expect(await show('venv', 'create', 'default')).toMatchInlineSnapshot(`
      "exit code: 4
      ----- stdout -----

      ----- stderr -----
      error: There is an environment default already
      hint: Choose another name, or delete it first."
    `)
    expect(await show('venv', 'delete', 'default')).toMatchInlineSnapshot(`
      "exit code: 4
      ----- stdout -----

      ----- stderr -----
      error: Environment default is used by server pipe
      hint: Stop it first: \`beep-host stop pipe\`."
    `)
    expect(await show('servers', 'remove', 'pipe')).toMatchInlineSnapshot(`
      "exit code: 4
      ----- stdout -----

      ----- stderr -----
      error: Server pipe is running
      hint: Stop it first: \`beep-host stop pipe\`."
    `)
    expect(await show('serve')).toMatchInlineSnapshot(`
      "exit code: 4
      ----- stdout -----

      ----- stderr -----
      error: A host is already running for [HOME] (pid [PID])
      hint: Use it, or end it with \`beep-host host stop\`."
    `)
  })
})
