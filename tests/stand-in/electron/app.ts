import { EventEmitter } from 'node:events'
import { existsSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import path from 'node:path'
import manifest from '../../../package.json' with { type: 'json' }
import { claimInstance } from './single-instance.ts'

type Used =
  | 'whenReady'
  | 'isReady'
  | 'isPackaged'
  | 'getName'
  | 'setName'
  | 'getVersion'
  | 'getAppPath'
  | 'getPath'
  | 'setPath'
  | 'getLocale'
  | 'requestSingleInstanceLock'
  | 'quit'
  | 'exit'
  | 'setAppUserModelId'
  | 'setAboutPanelOptions'
  | 'showAboutPanel'
  | 'setAsDefaultProtocolClient'
  | 'focus'

/** Windows that are open: the app closes them when it quits. Filled by browser-window.ts. */
export const openWindows = new Set<{ readonly close: () => void; readonly isDestroyed: () => boolean }>()

class App extends EventEmitter implements Pick<Electron.App, Used> {
  readonly isPackaged = false
  readonly dock: Electron.Dock | undefined = undefined
  #name = manifest.name
  #isReady = false
  #isQuitting = false
  #loginItem = { openAtLogin: false }
  readonly #paths = new Map<string, string>()

  /** Told by the runner once main has been read to its end, as Electron waits for a main that is a module. */
  becomeReady(): void {
    this.#isReady = true
    this.emit('ready', {}, {})
  }
  isReady(): boolean {
    return this.#isReady
  }
  whenReady(): Promise<void> {
    return this.#isReady ? Promise.resolve() : new Promise((resolve) => this.once('ready', () => resolve()))
  }
  getName(): string {
    return this.#name
  }
  setName(name: string): void {
    this.#name = name
  }
  getVersion(): string {
    return manifest.version
  }
  getLocale(): string {
    return 'en-US'
  }
  getAppPath(): string {
    return path.resolve(import.meta.dirname, '../../..')
  }
  getPath(name: Parameters<Electron.App['getPath']>[0]): string {
    const usual = { home: homedir(), temp: tmpdir(), exe: process.execPath } as Record<string, string>
    return this.#paths.get(name) ?? usual[name] ?? path.join(homedir(), '.config', this.#name)
  }
  setPath(name: string, folder: string): void {
    if (!existsSync(folder)) throw new Error(`Failed to set path: ${folder} does not exist`)
    this.#paths.set(name, folder)
  }
  requestSingleInstanceLock(additionalData?: Record<never, never>): boolean {
    return claimInstance(this.getPath('userData'), additionalData, (argv, cwd, data) =>
      this.emit('second-instance', {}, argv, cwd, data),
    )
  }
  setAppUserModelId(): void {}
  setAboutPanelOptions(): void {}
  showAboutPanel(): void {}
  focus(): void {}
  setAsDefaultProtocolClient(): boolean {
    return true
  }
  setLoginItemSettings({ openAtLogin = false }: Electron.Settings): void {
    this.#loginItem = { openAtLogin }
  }
  getLoginItemSettings(): Electron.LoginItemSettings {
    const { openAtLogin } = this.#loginItem
    const status = openAtLogin ? 'enabled' : 'not-registered'
    return {
      openAtLogin,
      wasOpenedAtLogin: false,
      executableWillLaunchAtLogin: openAtLogin,
      status,
      launchItems: [],
    }
  }

  /** The ways out: each of these moments may be refused, in this order. Source: the documentation of `app.quit`. */
  quit(): void {
    if (this.#isQuitting) return
    if (isPrevented((event) => this.emit('before-quit', event))) return
    this.#isQuitting = true
    for (const window of Array.from(openWindows)) {
      window.close()
      if (window.isDestroyed()) continue
      this.#isQuitting = false
      return
    }
    this.#isQuitting = false
    if (isPrevented((event) => this.emit('will-quit', event))) return
    this.exit(0)
  }
  exit(exitCode = 0): void {
    this.emit('quit', {}, exitCode)
    process.exit(exitCode)
  }

  /** What Electron does once the last window has closed. */
  onAllClosed(): void {
    if (this.#isQuitting) return
    if (this.listenerCount('window-all-closed') === 0) this.quit()
    else this.emit('window-all-closed')
  }
}

/** Emits with an event that can be refused. @returns whether it was. */
export function isPrevented(emit: (event: { preventDefault: () => void; defaultPrevented: boolean }) => void): boolean {
  const event = {
    defaultPrevented: false,
    preventDefault: () => void (event.defaultPrevented = true),
  }
  emit(event)
  return event.defaultPrevented
}

export const app = new App()

// Chromium takes these for a wish to quit.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit())
