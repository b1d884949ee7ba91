// The small parts of the system: each does nothing here but remember, and is looked at by the spy of the tests.
import { EventEmitter } from 'node:events'
import { existsSync } from 'node:fs'
import { post } from './link.ts'
import type { Menu } from './menu.ts'

export class Tray
  extends EventEmitter
  implements Pick<Electron.Tray, 'setImage' | 'setToolTip' | 'destroy' | 'isDestroyed'>
{
  #isDestroyed = false
  constructor(image: Electron.NativeImage | string) {
    super()
    this.setImage(image)
  }
  setImage(image: Electron.NativeImage | string): void {
    if (typeof image === 'string' && !existsSync(image)) throw new Error(`Failed to load image from path '${image}'`)
  }
  setToolTip(): void {}
  setContextMenu(_menu: Menu | null): void {}
  setIgnoreDoubleClickEvents(): void {}
  destroy(): void {
    this.#isDestroyed = true
  }
  isDestroyed(): boolean {
    return this.#isDestroyed
  }
}

export class Notification extends EventEmitter implements Pick<Electron.Notification, 'show' | 'close'> {
  readonly title: string
  readonly body: string
  constructor({ title = '', body = '' }: Electron.NotificationConstructorOptions = {}) {
    super()
    this.title = title
    this.body = body
  }
  static isSupported(): boolean {
    return true
  }
  show(): void {}
  close(): void {}
}

/** Nobody answers a dialog here; the spy puts itself in front, and tests answer. */
function unanswered(): never {
  throw new Error('A dialog was shown, and nobody is there to answer it')
}
export const dialog = {
  showMessageBox: unanswered,
  showOpenDialog: unanswered,
  showErrorBox: (title: string, content: string) => void console.error(`${title}: ${content}`),
} as unknown as Pick<Electron.Dialog, 'showMessageBox' | 'showOpenDialog' | 'showErrorBox'>

export const shell: Pick<Electron.Shell, 'openExternal' | 'showItemInFolder' | 'openPath'> = {
  openExternal: () => Promise.resolve(),
  openPath: () => Promise.resolve(''),
  showItemInFolder() {},
}

let clipped = ''
export const clipboard: Pick<Electron.Clipboard, 'writeText' | 'readText'> = {
  writeText: (text) => Promise.resolve(void (clipped = text)),
  readText: () => Promise.resolve(clipped),
}

type ThemeSource = Electron.NativeTheme['themeSource']

class NativeTheme
  extends EventEmitter
  implements
    Pick<Electron.NativeTheme, 'themeSource' | 'shouldUseDarkColors' | 'shouldUseDarkColorsForSystemIntegratedUI'>
{
  #source: ThemeSource = 'system'
  #isSystemDark = process.env['STAND_IN_DARK'] === '1'
  get themeSource(): ThemeSource {
    return this.#source
  }
  set themeSource(source: ThemeSource) {
    this.#source = source
    this.#tell()
  }
  get shouldUseDarkColors(): boolean {
    return this.#source === 'system' ? this.#isSystemDark : this.#source === 'dark'
  }
  get shouldUseDarkColorsForSystemIntegratedUI(): boolean {
    return this.#isSystemDark
  }
  /** The user changes the system's theme. */
  becomeDark(isDark: boolean): void {
    this.#isSystemDark = isDark
    this.#tell()
  }
  #tell(): void {
    post({ kind: 'color-scheme', isDark: this.shouldUseDarkColors })
    this.emit('updated')
  }
}
export const nativeTheme = new NativeTheme()

const display = { id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1040 } } as Electron.Display
export const screen: Pick<Electron.Screen, 'getPrimaryDisplay' | 'getAllDisplays'> = {
  getPrimaryDisplay: () => display,
  getAllDisplays: () => [display],
}

export const powerMonitor = new EventEmitter()
