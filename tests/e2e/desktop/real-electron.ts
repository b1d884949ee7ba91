import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { _electron } from '@playwright/test'
import type { ElectronApplication } from '@playwright/test'
import { findElectron } from '../../../bin/electron-binary.ts'
import { endedMessage } from '../../stand-in/browser/main-link.ts'
import { createDesktop } from './desktop.ts'
import type { Desktop, Ended } from './desktop.ts'
import type { Spy } from './spy.ts'

const root = path.resolve(import.meta.dirname, '../../..')

/** Whether the tests run in Electron itself: where its program is, and nobody asked for the stand-in (`BEEP_TEST_DESKTOP=stand-in`). */
export const isRealElectron = process.env['BEEP_TEST_DESKTOP'] !== 'stand-in' && hasElectron()

function hasElectron(): boolean {
  const packageFolder = path.join(root, 'node_modules', 'electron')
  const programFile = path.join(packageFolder, 'path.txt')
  const found = findElectron({
    platform: process.platform,
    env: process.env,
    packageFolder: existsSync(packageFolder) ? packageFolder : undefined,
    program: existsSync(programFile) ? readFileSync(programFile, 'utf8') : undefined,
    exists: existsSync,
    isRoot: false,
    argv: [],
  })
  return 'binary' in found
}

declare global {
  var desktopSpy: Spy
}

/** The spy as a script that Electron loads before the app, in plain JavaScript. */
function spyScript(): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'spy-')), 'spy.cjs')
  const source = readFileSync(path.join(import.meta.dirname, 'spy.ts'), 'utf8')
  const script = stripTypeScriptTypes(source).replace('export function installSpy', 'function installSpy')
  writeFileSync(file, `${script}\nglobalThis.desktopSpy = installSpy(require('electron'))\n`)
  return file
}

export interface RealOptions {
  readonly home: string
  readonly env: NodeJS.ProcessEnv
  readonly args: readonly string[]
  readonly cwd: string
}

/** The desktop app in Electron itself. */
export async function launchElectron({ home, env, args, cwd }: RealOptions): Promise<Desktop> {
  const { DISPLAY, WAYLAND_DISPLAY, XAUTHORITY, ELECTRON_OVERRIDE_DIST_PATH } = process.env
  const given = { DISPLAY, WAYLAND_DISPLAY, XAUTHORITY, ELECTRON_OVERRIDE_DIST_PATH, ...env }
  const electron = await _electron
    .launch({
      args: ['-r', spyScript(), root, '--home', home, ...args],
      env: Object.fromEntries(Object.entries(given).filter((pair): pair is [string, string] => pair[1] !== undefined)),
      cwd,
    })
    // A second instance is gone before anybody could look at it.
    .catch((error: Error) => {
      if (!/closed|exited|ended/iu.test(error.message)) throw error
      return undefined
    })
  return createDesktop(electron ? doorOf(electron) : endedDoor())
}

function doorOf(electron: ElectronApplication): Parameters<typeof createDesktop>[0] {
  const child = electron.process()
  const output: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => output.push(String(data)))
  return {
    kind: 'electron',
    pid: child.pid ?? 0,
    output: () => output.join(''),
    pages: () => electron.windows(),
    inspect: () => electron.evaluate(() => globalThis.desktopSpy.inspect()),
    act: (action) => electron.evaluate((_electronModule, wanted) => globalThis.desktopSpy.act(wanted), action),
    sendFrom: () => Promise.reject(new Error('Electron lets nobody send in the name of another')),
    setTrayHost: () => {
      throw new Error('The tray is that of this desktop')
    },
    signal: (signal) => child.kill(signal),
    last: () => undefined,
    closed: new Promise<Ended>((resolve) => child.once('exit', (code, signal) => resolve({ code, signal }))),
  }
}

function endedDoor(): Parameters<typeof createDesktop>[0] {
  const gone = () => Promise.reject(new Error(endedMessage))
  return {
    kind: 'electron',
    pid: 0,
    output: () => '',
    pages: () => [],
    inspect: gone,
    act: gone,
    sendFrom: gone,
    setTrayHost: () => {},
    signal: () => {},
    last: () => undefined,
    closed: Promise.resolve({ code: 0, signal: null }),
  }
}
