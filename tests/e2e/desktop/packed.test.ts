import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { extractAll, listPackage } from '@electron/asar'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { run } from '../../../core/process/index.ts'
import { localUser, withPythonMirror } from '../harness/user.ts'
import { fakeElectron, fusesOn } from './fake-electron.ts'
import { openDesktop } from './open-desktop.ts'

const root = path.resolve(import.meta.dirname, '../../..')
const work = mkdtempSync(path.join(tmpdir(), 'pàcked '))
const app = path.join(work, 'out', 'linux-unpacked')
const resources = path.join(app, 'resources')
const archive = path.join(resources, 'app.asar')
let inArchive: string[] = []

afterAll(() => rmSync(work, { recursive: true, force: true }))

// As electron-builder.yml says, with all but Electron itself: that is played by Node, which knows no archives, so the archive is
// made a folder of the same name afterwards. Everything lies where it does in the installed app.
describe.skipIf(process.platform !== 'linux')('the packed app', () => {
  beforeAll(async () => {
    const builder = path.join(root, 'node_modules', 'electron-builder', 'cli.js')
    const options = {
      electronDist: fakeElectron(path.join(work, 'electron')),
      'directories.output': path.join(work, 'out'),
    }
    const argv = Object.entries(options).map(([name, value]) => `-c.${name}=${value}`)
    const packed = await run([process.execPath, builder, '--linux', 'dir', '--publish', 'never', ...argv], {
      env: { ...process.env, HOME: work },
      cwd: root,
      timeoutMs: 170_000,
    })
    expect(packed.exitCode, packed.lastLines.join('\n')).toBe(0)
    inArchive = listPackage(archive, { isPack: false })
    extractAll(archive, path.join(work, 'archive'))
    rmSync(archive)
    renameSync(path.join(work, 'archive'), archive)
  }, 180_000)

  test('has its code in the archive, without packages and maps, and beside it what others read', () => {
    const files = inArchive.map((file) => file.replaceAll('\\', '/'))
    expect(files.filter((file) => file.includes('node_modules') || /\.(map|ts|py)$/u.test(file))).toEqual([])
    expect(files).toEqual(
      expect.arrayContaining([
        '/package.json',
        '/dist/electron/main.mjs',
        '/dist/electron/preload.cjs',
        '/dist/electron/cli.mjs',
        '/dist/renderer/index.html',
      ]),
    )
    const beside = [
      'python/probe/interpreter_info.py',
      'python/src/beep_engine/__main__.py',
      'resources/python-catalog.json',
      'resources/admin-requirements.txt',
      'resources/tray/idleTemplate@2x.png',
      'resources/icons/512x512.png',
      'bin/beep-host',
      'bin/beep-host.cmd',
      'app.asar.unpacked/dist/electron/extract-worker.mjs',
    ]
    expect(beside.filter((file) => !existsSync(path.join(resources, file)))).toEqual([])
    expect(readdirSync(path.join(resources, 'resources')).toSorted()).toEqual(
      readdirSync(path.join(root, 'resources')).toSorted(),
    )
  })

  test('has the fuses that docs/desktop.md explains', () => {
    expect(fusesOn(path.join(app, 'beep-python-host'))).toEqual([
      'runAsNode',
      'cookieEncryption',
      'asarIntegrity',
      'onlyLoadAppFromAsar',
    ])
  })

  test('brings the terminal door along, which gets a Python and runs a server', async () => {
    const user = await localUser()
    await withPythonMirror(user)
    const beep = (...argv: readonly string[]) =>
      run([path.join(resources, 'bin', 'beep-host'), ...argv], {
        env: user.env as Record<string, string>,
        timeoutMs: 120_000,
      })
    const init = await beep('init', '--json')
    expect(init.exitCode, init.stdout).toBe(0)
    expect(JSON.parse(init.stdout)).toMatchObject({ source: 'managed', state: 'ready' })
    const started = await beep('start', 'pipe', '--detach', '--json')
    expect(started.exitCode, started.stdout).toBe(0)
    expect(JSON.parse((await beep('eval', 'pipe', '6 * 7', '--json')).stdout)).toEqual({ value: 42 })
    expect((await beep('host', 'stop')).exitCode).toBe(0)
  })

  test('finds its page, its pictures and its Python part', async () => {
    const user = await localUser()
    await user.beep('init', '--from', 'system')
    const desktop = await openDesktop(user, { main: path.join(archive, 'dist', 'electron', 'main.mjs') })
    expect(await desktop.inspect()).toMatchObject({ windows: [{ url: 'app://beep/index.html' }] })
    await desktop.until('the icon is there', ({ tray }) => tray?.icon === 'idle-on-light.png')
    const started = await user.beep('start', 'pipe', '--detach')
    expect(started, started.stderr).toMatchObject({ code: 0 })
  })
})
