import { mkdirSync } from 'node:fs'
import { app, nativeTheme } from 'electron'
import { dataRoot, layoutOf, shipped, startHost } from '../core/index.ts'
import { openMemory } from './desktop-file.ts'
import { createDesktopShell } from './desktop-shell.ts'
import { setGuards } from './guards.ts'
import { forwardEvents, serveIpc } from './ipc.ts'
import { readLaunch } from './launch.ts'
import type { Launch } from './launch.ts'
import { productName } from './names.ts'
import { declarePageScheme, servePages } from './pages.ts'
import { hostEnvironment } from './policy/host-environment.ts'
import { themeSource } from './policy/theme.ts'
import { createWindows } from './windows.ts'

const launch = readLaunch(process.argv.slice(1), process.cwd())
const env = hostEnvironment(process.env)
const layout = layoutOf(dataRoot(env, launch.home))
app.setName(productName)
mkdirSync(layout.desktop, { recursive: true, mode: 0o700 })
app.setPath('userData', layout.desktop)
declarePageScheme()
if (app.requestSingleInstanceLock(launch)) void app.whenReady().then(() => start(launch))
else app.quit()

async function start({ isHidden }: Launch): Promise<void> {
  const host = await startHost({ home: layout.home, env, desktop: createDesktopShell(() => windows.current()) })
  const { core, log } = host
  const memory = await openMemory(layout.desktop, log)
  const windows = createWindows({
    preload: shipped('dist/electron/preload.cjs'),
    icon: shipped('resources/icons/icon.png'),
    isPackaged: app.isPackaged,
    memory,
    onMade: (window) => forwardEvents(window.webContents, core.events),
  })
  setGuards(log)
  servePages(shipped('dist/renderer'), log)
  serveIpc({ core, isOurs: windows.isOurs, log })
  const settings = await core.dispatch('settings.get', {})
  if ('ok' in settings) nativeTheme.themeSource = themeSource('system')
  app.on('second-instance', () => windows.show())
  app.on('window-all-closed', () => {})
  app.on('before-quit', (event) => {
    event.preventDefault()
    void Promise.all([host.close(), memory.flush()]).then(() => app.exit(0))
  })
  if (!isHidden) windows.show()
}
