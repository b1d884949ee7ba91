import { EventEmitter } from 'node:events'
import type { FrameFacts } from '../messages.ts'
import { app, isPrevented } from './app.ts'
import { answer, listen, post } from './link.ts'

type Used =
  | 'id'
  | 'loadURL'
  | 'reload'
  | 'send'
  | 'getURL'
  | 'isDestroyed'
  | 'isCrashed'
  | 'setWindowOpenHandler'
  | 'forcefullyCrashRenderer'
  | 'isLoading'

type OpenHandler = Parameters<Electron.WebContents['setWindowOpenHandler']>[0]

const all = new Map<number, WebContents>()

export class WebContents extends EventEmitter implements Pick<Electron.WebContents, Used> {
  readonly id: number
  #url = ''
  #isDestroyed = false
  #isCrashed = false
  #isLoading = false
  #openHandler: OpenHandler = () => ({ action: 'allow' })
  #loading: { resolve: () => void; reject: (error: Error) => void }[] = []

  constructor(id: number) {
    super()
    this.id = id
    all.set(id, this)
    app.emit('web-contents-created', {}, this)
  }
  get mainFrame(): Pick<Electron.WebFrameMain, 'url' | 'parent'> {
    return { url: this.#url, parent: null }
  }
  loadURL(url: string): Promise<void> {
    post({ kind: 'load', window: this.id, url })
    this.#isLoading = true
    return new Promise((resolve, reject) => this.#loading.push({ resolve, reject }))
  }
  reload(): void {
    post({ kind: 'reload', window: this.id })
  }
  send(channel: string, ...args: unknown[]): void {
    if (this.#isDestroyed) throw new TypeError('Object has been destroyed')
    post({ kind: 'send', window: this.id, channel, args })
  }
  getURL(): string {
    return this.#url
  }
  isLoading(): boolean {
    return this.#isLoading
  }
  isDestroyed(): boolean {
    return this.#isDestroyed
  }
  isCrashed(): boolean {
    return this.#isCrashed
  }
  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler
  }
  forcefullyCrashRenderer(): void {
    post({ kind: 'crash', window: this.id })
  }

  destroyed(): void {
    this.#isDestroyed = true
    all.delete(this.id)
    for (const { reject } of this.#loading.splice(0)) reject(new Error('ERR_ABORTED'))
    this.emit('destroyed')
  }
  loaded(url: string, isInPage: boolean): void {
    this.#url = url
    this.#isCrashed = false
    this.#isLoading = false
    for (const { resolve } of this.#loading.splice(0)) resolve()
    if (isInPage) return void this.emit('did-navigate-in-page', {}, url, true)
    this.emit('did-navigate', {}, url)
    this.emit('dom-ready', {})
    this.emit('did-finish-load')
  }
  loadFailed(url: string, message: string): void {
    this.#isLoading = false
    for (const { reject } of this.#loading.splice(0)) reject(new Error(message))
    this.emit('did-fail-load', {}, -2, message, url, true)
  }
  crashed(): void {
    this.#isCrashed = true
    this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 139 })
  }
  /** @returns whether the page may go there. */
  mayNavigate(url: string, isMainFrame: boolean): boolean {
    const isStopped = isPrevented((event) =>
      this.emit('will-frame-navigate', Object.assign(event, { url, isMainFrame, isSameDocument: false, frame: null })),
    )
    if (isStopped || !isMainFrame) return !isStopped
    return !isPrevented((event) => this.emit('will-navigate', Object.assign(event, { url, isMainFrame }), url))
  }
  mayOpen(url: string): boolean {
    const details = {
      url,
      frameName: '',
      features: '',
      disposition: 'new-window',
      referrer: { url: '', policy: 'default' },
    }
    return this.#openHandler(details as Electron.HandlerDetails).action === 'allow'
  }
}

/** A frame as a sender of messages, with the parents that it has. */
export function frameOf({ url, isMainFrame }: FrameFacts): Pick<Electron.WebFrameMain, 'url' | 'parent'> {
  return { url, parent: isMainFrame ? null : ({ url: '', parent: null } as unknown as Electron.WebFrameMain) }
}

export function contentsOf(id: number): WebContents | undefined {
  return all.get(id)
}

listen('loaded', ({ window, url, isInPage }) => all.get(window)?.loaded(url, isInPage))
listen('load-failed', ({ window, url, message }) => all.get(window)?.loadFailed(url, message))
listen('crashed', ({ window }) => all.get(window)?.crashed())
answer('navigate', ({ window, url, isMainFrame }) => all.get(window)?.mayNavigate(url, isMainFrame) ?? false)
answer('open-window', ({ window, url }) => all.get(window)?.mayOpen(url) ?? false)
