import { existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { ExecutionResult, Job } from '../../../contract/index.ts'
import { eventually } from '../../tools/eventually.ts'
import { snapshotOf, terminal } from './terminal.ts'

test('code runs, and what it prints goes where it printed it', async () => {
  const user = terminal()
  await user.json('start', 'pipe', '-d')
  const show = async (...argv: readonly string[]) => snapshotOf(user, await user.beep(...argv))
  const code = 'import sys\nprint("öut", end="")\nprint("err", file=sys.stderr)\n[n * 2 for n in range(3)]'
  expect(await show('exec', 'pipe', code)).toMatchInlineSnapshot(`
    "exit code: 0
    ----- stdout -----
    öut
    [0, 2, 4]
    ----- stderr -----
    err"
  `)
  expect(await show('exec', 'pipe', 'print("no value")\nNone')).toMatchInlineSnapshot(`
    "exit code: 0
    ----- stdout -----
    no value
    ----- stderr -----
    "
  `)
  expect(await show('exec', 'pipe', 'object')).toMatchInlineSnapshot(`
    "exit code: 0
    ----- stdout -----
    <class 'object'>
    ----- stderr -----
    "
  `)

  const file = path.join(user.folder, 'côde.py')
  writeFileSync(file, 'print("from a file")')
  expect(await show('exec', 'pipe', '--file', 'côde.py')).toMatchInlineSnapshot(`
    "exit code: 0
    ----- stdout -----
    from a file
    ----- stderr -----
    "
  `)
  expect(await show('exec', 'pipe', '--file', 'nothing.py')).toMatchInlineSnapshot(`
    "exit code: 3
    ----- stdout -----

    ----- stderr -----
    error: There is no file [FOLDER]/nothing.py"
  `)
  const piped = await user.start(['exec', 'pipe', '-'], { input: 'print("from stdin")' }).ended
  expect([piped.code, piped.stdout]).toEqual([0, 'from stdin\n'])

  expect(await user.json<ExecutionResult>('exec', 'pipe', 'print("a")\n2**60')).toEqual({
    result: {
      kind: 'value',
      value: { $type: 'int', value: String(2n ** 60n) },
      typeName: 'int',
      repr: String(2n ** 60n),
    },
    output: [{ kind: 'text', stream: 'stdout', text: 'a\n' }],
    isOutputCut: false,
    durationMs: expect.any(Number),
  })
  expect(await user.json<Job[]>('jobs', 'list')).toContainEqual(
    expect.objectContaining({ command: 'servers.execute', subject: 'server pipe', state: 'succeeded' }),
  )
})

test('what Python raises is told with its traceback, after what was printed', async () => {
  const user = terminal()
  await user.json('start', 'pipe', '-d')
  expect(snapshotOf(user, await user.beep('exec', 'pipe', 'print("before")\n1 / 0'))).toMatchInlineSnapshot(`
    "exit code: 1
    ----- stdout -----
    before
    ----- stderr -----
    Traceback (most recent call last):
      File "<execute-1>", line 2, in <module>
      1 / 0
    error: ZeroDivisionError: division by zero"
  `)
  const ran = await user.beep('exec', 'pipe', 'print("before")\n1 / 0', '--json')
  expect([ran.code, ran.stderr]).toEqual([1, ''])
  expect(JSON.parse(ran.stdout)).toMatchObject({
    error: {
      code: 'PYTHON_ERROR',
      traceback: expect.stringContaining('Traceback'),
      details: { line: 2, output: [{ kind: 'text', stream: 'stdout', text: 'before\n' }], isOutputCut: false },
    },
  })
  const missing = await user.beep('exec', 'nobody', '1')
  expect([missing.code, missing.stderr]).toEqual([3, expect.stringContaining('There is no server "nobody"')])
})

test('what the code asks is answered from stdin, to its end', async () => {
  const user = terminal()
  await user.json('start', 'pipe', '-d')
  const code = [
    'import getpass',
    'name = input("name? ")',
    'key = getpass.getpass("key? ")',
    'print(f"{name}, {len(key)}")',
    'try: input("more? ")',
    'except EOFError: print("no more")',
    'name',
  ].join('\n')
  const piped = await user.start(['exec', 'pipe', code], { input: 'Zoë\nsecret' }).ended
  expect(snapshotOf(user, piped)).toMatchInlineSnapshot(`
    "exit code: 0
    ----- stdout -----
    name? key? Zoë, 6
    more? no more
    Zoë
    ----- stderr -----
    "
  `)

  const json = await user.start(['exec', 'pipe', code, '--json'], { input: 'Zoë\nsecret\n' }).ended
  expect([json.code, json.stderr]).toEqual([0, ''])
  expect(JSON.parse(json.stdout)).toMatchObject({
    result: { value: 'Zoë' },
    output: [
      { kind: 'input', prompt: 'name? ', answer: 'Zoë' },
      { kind: 'input', prompt: 'key? ', answer: null },
      { kind: 'text', text: 'Zoë, 6\n' },
      { kind: 'input', prompt: 'more? ', answer: null },
      { kind: 'text', text: 'no more\n' },
    ],
  })
  // Code that came from stdin cannot ask there.
  const mixed = await user.start(['exec', 'pipe', '-'], { input: 'input()\n1' }).ended
  expect([mixed.code, mixed.stderr]).toEqual([1, expect.stringContaining('EOFError')])
})

test('a run in a session finds the names of the run before', async () => {
  const user = terminal()
  await user.json('start', 'pipe', '-d')
  const { id } = await user.json<{ id: string }>('session', 'open', 'pipe', '--name', 'démo', '--env', 'COLOUR=blue')
  await user.json('exec', 'pipe', 'import os\nx = os.environ["COLOUR"]', '--session', 'démo')
  expect(await user.json('exec', 'pipe', 'x', '--session', id)).toMatchObject({ result: { value: 'blue' } })
  const missing = await user.beep('exec', 'pipe', 'x', '--session', 'nobody')
  expect([missing.code, missing.stderr]).toEqual([3, expect.stringContaining('no session "nobody"')])
})

test('output comes while the code runs; Ctrl+C interrupts the code, and the server goes on', async () => {
  const user = terminal()
  await user.json('start', 'pipe', '-d')
  const stopped = path.join(user.home, 'stopped')
  const code = [
    'import pathlib, time',
    'print("begun", flush=True)',
    'try: time.sleep(600)',
    `finally: pathlib.Path(${JSON.stringify(stopped)}).touch()`,
  ]
  const running = user.start(['exec', 'pipe', code.join('\n')])
  await running.said('begun\n')
  running.child.kill('SIGINT')
  const ended = await running.ended
  expect([ended.code, ended.stdout]).toEqual([130, 'begun\n'])
  expect(ended.stderr).toContain('error: the code was interrupted')
  await eventually('the code has stopped', () => existsSync(stopped))
  expect(await user.json('eval', 'pipe', '"free again"')).toEqual({ value: 'free again' })
})

test('code may catch the Ctrl+C and go on; the next signal ends the run', async () => {
  const user = terminal()
  await user.json('start', 'pipe', '-d')
  const code = [
    'import time',
    'print("begun", flush=True)',
    'try: time.sleep(600)',
    'except KeyboardInterrupt: print("tidied up", flush=True)',
  ]
  const tidy = user.start(['exec', 'pipe', [...code, '"kept"'].join('\n')])
  await tidy.said('begun\n')
  tidy.child.kill('SIGINT')
  expect(await tidy.ended).toMatchObject({ code: 0, stdout: 'begun\ntidied up\nkept\n' })

  const stubborn = user.start(['exec', 'pipe', [...code, 'time.sleep(600)'].join('\n')])
  await stubborn.said('begun\n')
  stubborn.child.kill('SIGINT')
  await stubborn.said('tidied up\n')
  // Not another SIGINT: one that comes within a tenth of a second is the same key press.
  stubborn.child.kill('SIGTERM')
  expect(await stubborn.ended).toMatchObject({ code: 130, stderr: expect.stringContaining('Interrupted by SIGTERM') })
  expect(await user.json('eval', 'pipe', '"free again"')).toEqual({ value: 'free again' })
})
