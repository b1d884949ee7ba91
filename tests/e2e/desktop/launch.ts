import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import path from 'node:path'
import type { Browser, Frame, Page } from '@playwright/test'
import { blankPages } from '../../stand-in/browser/blank-pages.ts'
import { linkToMain } from '../../stand-in/browser/main-link.ts'
import type { MainLink } from '../../stand-in/browser/main-link.ts'
import { chromiumPages } from '../../stand-in/browser/pages.ts'
import type { Pages } from '../../stand-in/browser/pages.ts'
import { openTrayBus } from '../../stand-in/tray-bus.ts'
import { createDesktop } from './desktop.ts'
import { isRealElectron, launchElectron } from './real-electron.ts'
import type { Desktop, Ended } from './desktop.ts'
import type { DesktopView } from './views.ts'

const root = path.resolve(import.meta.dirname, '../../..')
/** What `npm run build` makes. */
export const builtMain = path.join(root, 'dist', 'electron', 'main.mjs')

export interface LaunchOptions {
  /** The data root. */
  readonly home: string
  /** All of the user's environment: HOME and the data root above all are a test's own. */
  readonly env: NodeJS.ProcessEnv
  readonly args?: readonly string[]
  readonly cwd?: string
  /** A Chromium for the pages. Absent: windows without pages, which is quicker and enough for tray, menus and dialogs. */
  readonly browser?: Browser | undefined
  readonly main?: string
  /** False: a Linux desktop on which nobody shows tray icons. */
  readonly hasTray?: boolean
}

/**
 * Starts the desktop app of this repository as a program of its own, and waits until it shows something: a window with its page, a
 * dialog, or (with --hidden) its tray. Where it ends at once (a second instance), it returns then. With a `browser`, and where there
 * is an Electron, the app runs in that; otherwise on plain Node, with the stand-in (tests/stand-in) as its Electron.
 */
export async function launchDesktop(options: LaunchOptions): Promise<Desktop> {
  const standIn = path.join(root, 'tests', 'stand-in', 'run-main.ts')
  const { home, env, args = [], cwd = root, browser, main = builtMain } = options
  // Windows without pages, another main, a desktop without a tray: only the stand-in has those.
  if (isRealElectron && browser !== undefined && options.hasTray !== false && main === builtMain) {
    const desktop = await launchElectron({ home, env, args, cwd })
    await desktop.shown()
    return desktop
  }
  const bus = await openTrayBus(options.hasTray ?? true)
  const child = fork(standIn, [main, '--home', home, ...args], {
    cwd,
    env: { ...env, DBUS_SESSION_BUS_ADDRESS: bus.address, NODE_OPTIONS: '--disable-warning=ExperimentalWarning' },
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const output: string[] = []
  for (const stream of [child.stdout!, child.stderr!]) createInterface(stream).on('line', (line) => output.push(line))
  let last: DesktopView | undefined
  const link: MainLink = linkToMain(child, (message) => {
    if (message.kind === 'end') last = message.view as DesktopView
    else void pages.handle(message)
  })
  const pages: Pages = browser ? chromiumPages(browser, link) : blankPages(link)
  const desktop = createDesktop({
    kind: 'stand-in',
    pid: child.pid ?? 0,
    output: () => output.join('\n'),
    pages: () => pages.pages(),
    inspect: () => link.ask<DesktopView>({ kind: 'inspect' }),
    act: (action) => link.ask<void>({ kind: 'act', action }),
    sendFrom: (frame: Frame, channel, ...sent) => pages.sendFrom(frame, channel, sent),
    last: () => last,
    signal: (signal) => child.kill(signal),
    setTrayHost: bus.setHost,
    closed: endOf(child, async () => void (await Promise.allSettled([pages.close(), bus.close()]))),
  })
  await desktop.shown()
  return desktop
}

async function endOf(child: ChildProcess, tidyUp: () => Promise<void>): Promise<Ended> {
  const ended = await new Promise<Ended>((resolve) => child.once('close', (code, signal) => resolve({ code, signal })))
  await tidyUp()
  return ended
}

export type { Desktop, Page }
