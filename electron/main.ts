import { app, dialog, nativeTheme } from 'electron'
import { toErrorInfo } from '../contract/index.ts'
import { dataRoot, layoutOf, shipped, startHost } from '../core/index.ts'
import { createActions } from './actions.ts'
import { setBeforeReady } from './before-ready.ts'
import { watchClose } from './close-window.ts'
import { openMemory } from './desktop-file.ts'
import { createDesktopShell } from './desktop-shell.ts'
import { hangDoorbell } from './doorbell.ts'
import { setGuards } from './guards.ts'
import { forwardEvents, serveIpc } from './ipc.ts'
import { readLaunch } from './launch.ts'
import { keepLogin } from './login/keep-login.ts'
import { createLoginItem } from './login/login-item.ts'
import { setMenu } from './menu.ts'
import { netFetch } from './net-fetch.ts'
import { notifyNews } from './notify.ts'
import { openHost } from './open-host.ts'
import { servePages } from './pages.ts'
import { canHide } from './policy/close-window.ts'
import { hostEnvironment } from './policy/host-environment.ts'
import { themeSource } from './policy/theme.ts'
import { watchQuit } from './quit.ts'
import { text } from './text.ts'
import { awaitTray } from './tray-host/await-tray.ts'
import { findTrayHost } from './tray-host/tray-host.ts'
import { showTray } from './tray.ts'
import { followHost } from './view/follow-host.ts'
import { watchPage } from './watch-page.ts'
import { createWindows } from './windows.ts'

// The order of events, and nothing else: one instance, the host, its window, what the page may ask, the tray, the way out.

const { platform } = process
const env = hostEnvironment(process.env)
const launch = readLaunch(process.argv.slice(1), process.cwd())
const doorbell = hangDoorbell()

try {
  setBeforeReady(layoutOf(dataRoot(env, launch.home)).desktop)
  if (app.requestSingleInstanceLock(launch)) void app.whenReady().then(start).catch(giveUp)
  else app.quit()
} catch (error) {
  giveUp(error)
}

function giveUp(error: unknown): void {
  const { message, hint } = toErrorInfo(error)
  dialog.showErrorBox(text.failedStart, [message, hint].filter(Boolean).join('\n\n'))
  app.exit(1)
}

async function start(): Promise<void> {
  const program = { execPath: process.execPath, isPackaged: app.isPackaged, appPath: app.getAppPath() }
  const loginItem = createLoginItem(platform, { ...program, env: process.env, home: launch.home ?? env['BEEP_HOME'] })
  const isHidden = launch.isHidden || loginItem.wasOpenedAtLogin()
  const desktop = createDesktopShell(() => windows.current())
  const home = dataRoot(env, launch.home)
  const host = await openHost({ home, isHidden, start: () => startHost({ home, env, fetch: netFetch, desktop }) })
  if (!host) return app.exit(0)
  const { core, log } = host
  process.on('uncaughtException', (error) => log(`bug: ${error.stack ?? error.message}`))
  process.on('unhandledRejection', (reason) => log(`bug: ${(reason as Error)?.stack ?? String(reason)}`))

  const followed = await followHost(core)
  const memory = await openMemory(core.layout.desktop, log)
  const setTheme = () => {
    const source = themeSource(followed.view().settings.theme)
    if (nativeTheme.themeSource !== source) nativeTheme.themeSource = source
  }
  setTheme()
  followed.onChange(setTheme)

  const quit = watchQuit({ host, followed, memory, window: () => windows.current() })
  const windows = createWindows({
    preload: shipped('dist/electron/preload.cjs'),
    icon: shipped('resources/icons/512x512.png'),
    isPackaged: app.isPackaged,
    memory,
    onMade: (window) => {
      forwardEvents(window.webContents, core.events)
      watchPage(window, log)
      watchClose(window, { host: followed, dispatch: core.dispatch, memory, quit, findTrayHost: tray.look })
    },
  })
  setGuards(log)
  servePages(shipped('dist/renderer'), log)
  serveIpc({ core, isOurs: windows.isOurs, log })
  setMenu(windows, core)
  notifyNews(core, windows, followed.view)

  const act = createActions({ dispatch: core.dispatch, windows, quitNow: quit.now })
  const pictures = shipped('resources/tray')
  const tray = awaitTray({
    find: () => findTrayHost({ platform, env, uid: process.getuid?.() ?? -1 }),
    show: () => showTray({ host: followed, act, pictures, platform, desktop: env['XDG_CURRENT_DESKTOP'] }),
  })
  // The app outlives its window.
  app.on('window-all-closed', () => {})
  if (!isHidden || launch.link !== undefined) doorbell.ring(launch.link)
  doorbell.answer(windows.show, log)
  // Started hidden, on a desktop without a tray: shown all the same, for nobody could find it.
  if (isHidden) void tray.atStart.then((trayHost) => canHide(platform, trayHost) || windows.show())
  keepLogin({ item: loginItem, host: followed, dispatch: core.dispatch, memory, log })
}
