// Sits in the main process, in front of the native side: what is shown there is remembered, and tests answer for the user.
// One file for both doors, so it imports types only: it is loaded as text into Electron itself.
import type * as Electron from 'electron'
import type { DesktopAction, DesktopView, DialogView, MenuView, TrayView } from './views.ts'

export interface Spy {
  readonly inspect: () => DesktopView
  readonly act: (action: DesktopAction) => void
}

interface OpenDialog {
  readonly view: DialogView
  readonly answer: (result: object) => void
}

export function installSpy(electron: typeof Electron): Spy {
  const { app, BrowserWindow, clipboard, dialog, Menu, nativeTheme, Notification, shell, Tray } = electron
  const dialogs = new Map<number, OpenDialog>()
  const opened: string[] = []
  const revealed: string[] = []
  const notifications: { title: string; body: string }[] = []
  let tray: { it: Electron.Tray; icon: string; tooltip: string; menu: Electron.Menu | null } | undefined
  let nextDialog = 1
  let trayChanges = 0
  let clipped = ''

  const of = (it: Electron.Tray) => {
    trayChanges += 1
    if (tray?.it !== it) tray = { it, icon: '', tooltip: '', menu: null }
    return tray
  }
  before(
    Tray.prototype,
    'setImage',
    (it: Electron.Tray, image) => (of(it).icon = String(image).split(/[\\/]/u).at(-1) ?? ''),
  )
  before(Tray.prototype, 'setToolTip', (it: Electron.Tray, text) => (of(it).tooltip = String(text)))
  before(Tray.prototype, 'setContextMenu', (it: Electron.Tray, menu) => (of(it).menu = menu as Electron.Menu))
  before(Tray.prototype, 'destroy', () => (tray = undefined))
  before(Notification.prototype, 'show', ({ title, body }: Electron.Notification) =>
    notifications.push({ title, body }),
  )
  before(clipboard, 'writeText', (_it, text) => (clipped = String(text)))
  shell.openExternal = (url) => Promise.resolve(void opened.push(url))
  shell.openPath = (place) => Promise.resolve((revealed.push(place), ''))
  shell.showItemInFolder = (place) => void revealed.push(place)

  const ask = (kind: DialogView['kind'], options: Record<string, unknown>, cancelled: object) =>
    new Promise((resolve) => {
      const id = nextDialog
      nextDialog += 1
      const text = (name: string) => String(options[name] ?? '')
      const close = (result: object) => {
        dialogs.delete(id)
        resolve(result)
      }
      dialogs.set(id, {
        view: {
          id,
          kind,
          title: text('title'),
          message: text('message'),
          detail: text('detail'),
          buttons: (options['buttons'] as string[] | undefined) ?? [],
          checkbox: text('checkboxLabel'),
        },
        answer: close,
      })
      // The app itself may take a question back.
      ;(options['signal'] as AbortSignal | undefined)?.addEventListener('abort', () => close(cancelled))
    })
  const last = (args: readonly unknown[]) => args.at(-1) as Record<string, unknown>
  dialog.showMessageBox = ((...args: unknown[]) =>
    ask('message', last(args), { response: last(args)['cancelId'] ?? 0, checkboxChecked: false })) as never
  dialog.showOpenDialog = ((...args: unknown[]) => ask('open', last(args), { canceled: true, filePaths: [] })) as never
  dialog.showErrorBox = (title, content) => void ask('error', { title, message: content }, {})

  const menuOf = (kind: 'tray' | 'app') => (kind === 'tray' ? (tray?.menu ?? null) : Menu.getApplicationMenu())
  const theWindow = () => {
    const [window] = BrowserWindow.getAllWindows()
    if (!window) throw new Error('There is no window')
    return window
  }
  const theDialog = (id: number) => {
    const found = dialogs.get(id)
    if (!found) throw new Error(`There is no dialog ${id}`)
    return found
  }

  return {
    inspect: () => ({
      tray: tray ? ({ icon: tray.icon, tooltip: tray.tooltip, menu: viewsOf(tray.menu) } satisfies TrayView) : null,
      trayChanges,
      menu: viewsOf(Menu.getApplicationMenu()),
      dialogs: [...dialogs.values()].map(({ view }) => view),
      windows: BrowserWindow.getAllWindows().map((window) => ({
        id: window.id,
        url: window.webContents.getURL(),
        isVisible: window.isVisible(),
        isMinimized: window.isMinimized(),
        bounds: window.getBounds(),
      })),
      opened: [...opened],
      revealed: [...revealed],
      notifications: [...notifications],
      clipboard: clipped,
      themeSource: nativeTheme.themeSource,
      startsAtLogin: app.getLoginItemSettings().openAtLogin,
    }),
    act(action) {
      switch (action.kind) {
        case 'click':
          return void itemAt(menuOf(action.menu), action.labels).click()
        case 'press-tray':
          return void tray?.it.emit('click', {}, { x: 0, y: 0, width: 0, height: 0 }, { x: 0, y: 0 })
        case 'close-window':
          return theWindow().close()
        case 'crash-page':
          return theWindow().webContents.forcefullyCrashRenderer()
        case 'move-window':
          return theWindow().setBounds(action.bounds)
        case 'activate':
          return void app.emit('activate', {}, false)
        case 'open-url':
          return void app.emit('open-url', { preventDefault() {} }, action.url)
        case 'pick':
          return theDialog(action.dialog).answer({ canceled: action.paths.length === 0, filePaths: action.paths })
        case 'answer': {
          const { view, answer } = theDialog(action.dialog)
          const response = view.kind === 'error' ? 0 : view.buttons.indexOf(action.button)
          if (response === -1) throw new Error(`No ${action.button} among ${view.buttons.join(', ')}`)
          return answer({ response, checkboxChecked: action.isChecked })
        }
      }
    },
  }
}

/** Does something before a method does its work. */
function before<T extends object>(prototype: T, name: keyof T, act: (it: never, argument: unknown) => unknown): void {
  const original = prototype[name] as (...args: unknown[]) => unknown
  prototype[name] = function (this: T, ...args: unknown[]) {
    act(this as never, args[0])
    return original.apply(this, args)
  } as T[keyof T]
}

function viewsOf(menu: Electron.Menu | null | undefined): MenuView[] {
  return (menu?.items ?? [])
    .filter((item) => item.visible)
    .map((item) => ({
      label: item.label,
      type: item.type,
      enabled: item.enabled,
      checked: item.checked,
      ...(item.submenu ? { items: viewsOf(item.submenu) } : {}),
    }))
}

function itemAt(menu: Electron.Menu | null | undefined, labels: readonly string[]): Electron.MenuItem {
  const [label = '', ...rest] = labels
  const item = menu?.items.find((one) => one.label === label || one.label.startsWith(`${label} `))
  if (!item) throw new Error(`No ${label} in the menu: ${menu?.items.map((one) => one.label).join(', ')}`)
  if (rest.length > 0) return itemAt(item.submenu, rest)
  if (!item.enabled) throw new Error(`${label} is greyed out`)
  return item
}
