import { app, dialog, nativeTheme } from 'electron'
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
import { notifyNews } from './notify.ts'
import { netFetch } from './net-fetch.ts'
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

const launch = readLaunch(process.argv.slice(1), process.cwd())
const env = hostEnvironment(process.env)
const layout = layoutOf(dataRoot(env, launch.home))
const { platform } = process

setBeforeReady(layout.desktop)
const doorbell = hangDoorbell()
if (app.requestSingleInstanceLock(launch)) void app.whenReady().then(start).catch(giveUp)
else app.quit()

function giveUp(error: unknown): void {
  dialog.showErrorBox(text.failedStart, error instanceof Error ? (error.stack ?? error.message) : String(error))
  app.exit(1)
}

async function start(): Promise<void> {
  const program = {
    env: process.env,
    execPath: process.execPath,
    isPackaged: app.isPackaged,
    appPath: app.getAppPath(),
  }
  const loginItem = createLoginItem(platform, { ...program, home: launch.home })
  const isHidden = launch.isHidden || loginItem.wasOpenedAtLogin()
  const host = await openHost({
    home: layout.home,
    isHidden,
    start: () =>
      startHost({ home: layout.home, env, fetch: netFetch, desktop: createDesktopShell(() => windows.current()) }),
  })
  if (!host) return app.exit(0)
  const { core, log } = host
  process.on('uncaughtException', (error) => log(`bug: ${error.stack ?? error.message}`))
  process.on('unhandledRejection', (reason) => log(`bug: ${(reason as Error)?.stack ?? String(reason)}`))

  const followed = await followHost(core)
  const memory = await openMemory(layout.desktop, log)
  const theme = () => (nativeTheme.themeSource = themeSource(followed.view().settings.theme))
  theme()
  followed.onChange(theme)

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
  app.on('window-all-closed', () => {})
  if (!isHidden || launch.link !== undefined) doorbell.ring(launch.link)
  doorbell.answer(windows.show, log)
  // Started hidden, on a desktop without a tray: shown all the same, for nobody could find it.
  if (isHidden) void tray.atStart.then((trayHost) => canHide(platform, trayHost) || windows.show())
  keepLogin({ item: loginItem, host: followed, dispatch: core.dispatch, memory, log })
}
