import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Check, Environment, Runtime, Snapshot } from '../../../contract/index.ts'
import { localPython } from '../../tools/test-python.ts'
import { snapshotOf, terminal } from './terminal.ts'

describe('on an empty data root', () => {
  test('status tells what is not there, and how to get it, and makes nothing', async () => {
    const user = terminal()
    expect(snapshotOf(user, await user.beep('status'))).toMatchInlineSnapshot(`
      "exit code: 0
      ----- stdout -----
      Host
        state  not running
        data root  [HOME]
        version  [RELEASE] on Node [NODE]

      Servers
        There is no server yet; \`beep-host start pipe\` starts one

      Environments
        There is no environment yet; \`beep-host venv create NAME\` makes one

      Pythons
        ID  VERSION  ORIGIN  STATE  EXECUTABLE
        [RUNTIME]  [VERSION]  path  ready, default  [PYTHON]
      ----- stderr -----
      "
    `)
    expect(existsSync(user.home)).toBe(false)
  })

  test('every reading verb answers one document, and makes nothing', async () => {
    const user = terminal()
    expect(await user.json('list')).toEqual([])
    expect(await user.json('venv', 'list')).toEqual([])
    expect(await user.json('jobs', 'list')).toEqual([])
    expect(await user.json<Runtime[]>('list', 'runtimes')).not.toEqual([])
    expect(await user.json('host', 'status')).toMatchObject({ running: false, pid: null, home: user.home })
    expect(await user.json('config', 'get', 'installer')).toBe('auto')
    expect(await user.json('config')).toMatchObject({ settings: { installer: 'auto' }, paths: { home: user.home } })
    expect((await user.json<Check[]>('doctor')).map(({ id }) => id)).toContain('data-root')
    const snapshot = await user.json<Snapshot>('status')
    expect(snapshot).toMatchObject({ host: { running: false }, environments: [], servers: [] })
    expect(existsSync(user.home)).toBe(false)
  })

  test('a failure for people has its way out', async () => {
    const user = terminal()
    expect(snapshotOf(user, await user.beep('venv', 'create', 'a/b'))).toMatchInlineSnapshot(`
      "exit code: 2
      ----- stdout -----

      ----- stderr -----
      error: name: "a/b" cannot be a name: it has the character /"
    `)
  })
})

describe('a Python of this machine', () => {
  test('is chosen once, and repeating it says so', async () => {
    const user = terminal()
    const python = localPython()
    expect(snapshotOf(user, await user.beep('init', '--from', python))).toMatchInlineSnapshot(`
      "exit code: 0
      ----- stdout -----
      Python [VERSION] is here already; it is the default now
      id  [RUNTIME]
      version  cpython [VERSION], [MACHINE]
      origin [ORIGIN]
      state  ready, default
      executable  [PYTHON]
      ----- stderr -----
      Looking for Pythons on this machine
      Next: \`beep-host start pipe\`, or \`beep-host venv create NAME numpy\`"
    `)
    expect(snapshotOf(user, await user.beep('init', '--from', python))).toMatchInlineSnapshot(`
      "exit code: 0
      ----- stdout -----
      Python [VERSION] is here already, and was the default
      id  [RUNTIME]
      version  cpython [VERSION], [MACHINE]
      origin [ORIGIN]
      state  ready, default
      executable  [PYTHON]
      ----- stderr -----
      Looking for Pythons on this machine
      Next: \`beep-host start pipe\`, or \`beep-host venv create NAME numpy\`"
    `)
    const runtime = await user.json<Runtime>('init', '--from', 'system')
    expect(runtime).toMatchObject({ source: 'system', state: 'ready', isDefault: true })
    expect(runtime.version).toMatch(/^3\./u)
    expect(await user.json('config', 'get', 'defaultRuntime')).toBe(runtime.id)
  })
})

describe('an environment', () => {
  test('is made, shown, refused a second time, and deleted', async () => {
    const user = terminal()
    expect(snapshotOf(user, await user.beep('venv', 'create', 'démo é'))).toMatchInlineSnapshot(`
      "exit code: 0
      ----- stdout -----
      Made "démo é"
      name  démo é
      root  [HOME]/environments/démo é
      python  [VERSION]
      runtime  [RUNTIME]
      executable  [HOME]/environments/démo é[PYTHON]
      state  ready
      size  [SIZE]
      made  [TIME]
      asked for  -
      used by  -
      ----- stderr -----
      Making environment démo é"
    `)
    expect(snapshotOf(user, await user.beep('venv', 'create', 'DÉMO é'))).toMatchInlineSnapshot(`
      "exit code: 4
      ----- stdout -----

      ----- stderr -----
      error: There is an environment démo é already
      hint: Choose another name, or delete it first."
    `)
    expect(snapshotOf(user, await user.beep('venv', 'list'))).toMatchInlineSnapshot(`
      "exit code: 0
      ----- stdout -----
      NAME  PYTHON  STATE  SIZE  USED BY  ROOT
      démo é  [VERSION]  ready  [SIZE]  -  [HOME]/environments/démo é
      ----- stderr -----
      "
    `)
    expect(snapshotOf(user, await user.beep('environments', 'status', 'démo é'))).toMatchInlineSnapshot(`
      "exit code: 0
      ----- stdout -----
      name  démo é
      root  [HOME]/environments/démo é
      python  [VERSION]
      runtime  [RUNTIME]
      executable  [HOME]/environments/démo é[PYTHON]
      state  ready
      size  [SIZE]
      made  [TIME]
      asked for  -
      used by  -
      ----- stderr -----
      "
    `)
    const [listed] = await user.json<Environment[]>('venv', 'list')
    expect(listed).toMatchObject({
      name: 'démo é',
      root: path.join(user.home, 'environments', 'démo é'),
      state: 'ready',
    })
    expect(Object.keys(listed!)).toEqual(expect.arrayContaining(['name', 'root', 'python', 'runtime', 'sizeBytes']))
    expect(snapshotOf(user, await user.beep('venv', 'delete', 'démo é'))).toMatchInlineSnapshot(`
      "exit code: 0
      ----- stdout -----
      Deleted "démo é"
      ----- stderr -----
      Deleting environment démo é
      To have it back: \`beep-host venv restore [TRASH]\`"
    `)
    expect(await user.json('venv', 'list')).toEqual([])
    expect(snapshotOf(user, await user.beep('venv', 'trash'))).toMatchInlineSnapshot(`
      "exit code: 0
      ----- stdout -----
      NAME  DELETED  KEPT UNTIL  SIZE  ID
      démo é  [TIME]  [TIME]  [SIZE]  [TRASH]
      ----- stderr -----
      "
    `)
    expect(await user.json('venv', 'trash')).toMatchObject([{ name: 'démo é', sizeBytes: listed!.sizeBytes }])

    expect(await user.json('venv', 'restore', 'démo é')).toEqual(listed)
    expect(await user.json('venv', 'delete', 'démo é', '--now')).toMatchObject({ name: 'démo é', trashId: null })
    expect(snapshotOf(user, await user.beep('venv', 'restore', 'démo é'))).toMatchInlineSnapshot(`
      "exit code: 3
      ----- stdout -----

      ----- stderr -----
      error: There is no démo é in the trash
      hint: The trash is empty."
    `)
    expect(await user.json('venv', 'trash', '--empty')).toEqual({ freedBytes: 0 })
    expect(readdirSync(path.join(user.home, 'environments', '.trash'))).toEqual([])
  })

  test('given up half-way is not there afterwards', async () => {
    const user = terminal()
    const making = user.start(['venv', 'create', 'half'])
    await making.said('Making environment')
    making.child.kill('SIGINT')
    const ran = await making.ended
    expect(snapshotOf(user, ran)).toMatchInlineSnapshot(`
      "exit code: 130
      ----- stdout -----

      ----- stderr -----
      Making environment half
      error: Interrupted by SIGINT"
    `)
    expect(await user.json('venv', 'list')).toEqual([])
    expect((await user.beep('venv', 'create', 'half')).code).toBe(0)
  })

  test('that takes too long ends with TIMEOUT, and is not there afterwards', async () => {
    const user = terminal()
    const ran = await user.beep('venv', 'create', 'late', '--timeout', '0.01', '--json')
    expect([ran.code, ran.stderr]).toEqual([5, ''])
    expect(JSON.parse(ran.stdout)).toMatchObject({ error: { code: 'TIMEOUT', message: 'Not done after 0.01 s' } })
    expect(await user.json('venv', 'list')).toEqual([])
  })
})
