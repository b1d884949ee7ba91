import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { terminal } from '../cli/terminal.ts'
import type { Terminal } from '../cli/terminal.ts'

const root = path.resolve(import.meta.dirname, '../../..')
const start = path.join(root, 'bin', 'start.ts')

/** A program in the place of Electron's that notes what it was started with. */
function electronOf(user: Terminal, script: string): NodeJS.ProcessEnv {
  const folder = path.join(user.folder, 'électron')
  mkdirSync(folder)
  const program = path.join(folder, 'electron')
  writeFileSync(program, `#!/bin/sh\nprintf '%s\\n' "$@" > "${folder}/argv"\n${script}\n`)
  chmodSync(program, 0o755)
  const PATH = `${path.join(root, 'node_modules', '.bin')}:${user.env['PATH']}`
  return { ELECTRON_OVERRIDE_DIST_PATH: folder, DISPLAY: ':0', ELECTRON_RUN_AS_NODE: '1', PATH }
}
const argvOf = (user: Terminal) =>
  readFileSync(path.join(user.folder, 'électron', 'argv'), 'utf8')
    .trim()
    .split('\n')

const isBuilt = existsSync(path.join(root, 'dist', 'renderer', 'index.html'))

describe.skipIf(process.platform === 'win32')('npm start', () => {
  test('opens the desktop window where Electron is, and ends with it', async () => {
    const user = terminal()
    const env = electronOf(user, 'test -z "$ELECTRON_RUN_AS_NODE"')
    const opened = await user.start(['--no-sandbox', '--home', user.home], { program: start, env }).ended
    expect(opened, opened.stderr).toMatchObject({ code: 0, stdout: '', stderr: '' })
    expect(argvOf(user)).toEqual([root, '--no-sandbox', '--home', user.home])
  })

  test.skipIf(!isBuilt)('says why there is no window, and opens the browser door', async () => {
    const user = terminal()
    const running = user.start(['--browser'], { program: start })
    await running.said('http://127.0.0.1:')
    expect(running.stderr()).toMatch(/^No desktop window: the browser was asked for\. .*\. Here is the browser's\n/u)
    running.child.kill('SIGTERM')
    expect((await running.ended).code).toBe(0)
  })

  test.skipIf(!isBuilt)('opens the browser door for a window that ends at once', async () => {
    const user = terminal()
    const env = electronOf(user, 'exit 127')
    const running = user.start(['--no-sandbox'], { program: start, env })
    await running.said('http://127.0.0.1:')
    expect(running.stderr()).toContain('The desktop window ended at once (exit code 127)')
    running.child.kill('SIGINT')
    expect((await running.ended).code).toBe(130)
  })
})
