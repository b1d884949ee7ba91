import { EventEmitter } from 'node:events'
import { app, isPrevented, openWindows } from './app.ts'
import { post } from './link.ts'
import { WebContents } from './web-contents.ts'

type Used =
  | 'id'
  | 'loadURL'
  | 'show'
  | 'hide'
  | 'focus'
  | 'close'
  | 'destroy'
  | 'minimize'
  | 'restore'
  | 'maximize'
  | 'unmaximize'
  | 'isVisible'
  | 'isMinimized'
  | 'isMaximized'
  | 'isFocused'
  | 'isFullScreen'
  | 'setFullScreen'
  | 'isDestroyed'
  | 'getBounds'
  | 'setBounds'
  | 'getNormalBounds'

const all = new Map<number, BrowserWindow>()
let nextId = 1

export class BrowserWindow extends EventEmitter implements Pick<Electron.BrowserWindow, Used> {
  readonly id: number
  readonly webContents: WebContents
  #bounds: Electron.Rectangle
  #isVisible: boolean
  #isMinimized = false
  #isMaximized = false
  #isFocused = false
  #isDestroyed = false

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super()
    this.id = nextId
    nextId += 1
    const { x = 0, y = 0, width = 800, height = 600, show = true, webPreferences } = options
    this.#bounds = { x, y, width, height }
    this.#isVisible = show
    post({ kind: 'open', window: this.id, preload: webPreferences?.preload, size: { width, height } })
    this.webContents = new WebContents(this.id)
    this.webContents.once('did-finish-load', () => this.emit('ready-to-show'))
    all.set(this.id, this)
    openWindows.add(this)
    app.emit('browser-window-created', {}, this)
  }

  static fromId(id: number): BrowserWindow | null {
    return all.get(id) ?? null
  }
  static getAllWindows(): BrowserWindow[] {
    return [...all.values()]
  }
  static getFocusedWindow(): BrowserWindow | null {
    return [...all.values()].find((window) => window.isFocused()) ?? null
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url)
  }
  show(): void {
    this.#isMinimized = false
    if (!this.#isVisible) {
      this.#isVisible = true
      this.emit('show')
    }
    this.focus()
  }
  hide(): void {
    if (!this.#isVisible) return
    this.#isVisible = false
    this.#isFocused = false
    this.emit('hide')
  }
  focus(): void {
    for (const window of all.values()) window.#isFocused = window === this
    this.emit('focus')
  }
  minimize(): void {
    this.#isMinimized = true
    this.#isFocused = false
    this.emit('minimize')
  }
  restore(): void {
    this.#isMinimized = false
    this.emit('restore')
  }
  maximize(): void {
    this.#isMaximized = true
    this.emit('maximize')
  }
  unmaximize(): void {
    this.#isMaximized = false
    this.emit('unmaximize')
  }
  isVisible(): boolean {
    return this.#isVisible
  }
  isMinimized(): boolean {
    return this.#isMinimized
  }
  isMaximized(): boolean {
    return this.#isMaximized
  }
  isFullScreen(): boolean {
    return false
  }
  setFullScreen(): void {}
  isFocused(): boolean {
    return this.#isFocused
  }
  isDestroyed(): boolean {
    return this.#isDestroyed
  }
  getBounds(): Electron.Rectangle {
    return this.#bounds
  }
  getNormalBounds(): Electron.Rectangle {
    return this.#bounds
  }
  setBounds(bounds: Partial<Electron.Rectangle>): void {
    this.#bounds = { ...this.#bounds, ...bounds }
    const { width, height } = this.#bounds
    post({ kind: 'resize', window: this.id, size: { width, height } })
    this.emit('resize')
    this.emit('move')
  }
  /** As the user does it: may be refused. */
  close(): void {
    if (this.#isDestroyed || isPrevented((event) => this.emit('close', event))) return
    this.destroy()
  }
  destroy(): void {
    if (this.#isDestroyed) return
    this.#isDestroyed = true
    this.#isVisible = false
    all.delete(this.id)
    openWindows.delete(this)
    post({ kind: 'close', window: this.id })
    this.webContents.destroyed()
    this.emit('closed')
    if (all.size === 0) app.onAllClosed()
  }
}
