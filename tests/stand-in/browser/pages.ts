import { readFileSync } from 'node:fs'
import type { Browser, BrowserContext, Frame, Page, Request, Route } from '@playwright/test'
import type { Fetched, FrameFacts, FromMain, Size } from '../messages.ts'
import { toMain, toPage } from './addresses.ts'
import { createInbox } from './inbox.ts'
import type { Inbox } from './inbox.ts'
import { endedMessage } from './main-link.ts'
import type { MainLink } from './main-link.ts'
import { linkName, preloadWorld } from './preload-world.ts'

/** Where the windows of main are seen. */
export interface Pages {
  readonly handle: (message: FromMain) => Promise<void>
  /** In the order in which their windows were opened. */
  readonly pages: () => readonly Page[]
  /** A message to main as if a frame had sent it, round the preload. */
  readonly sendFrom: (frame: Frame, channel: string, args: readonly unknown[]) => Promise<unknown>
  readonly close: () => Promise<void>
}

interface Shown {
  readonly window: number
  readonly preload: string | undefined
  size: Size
  page: Page | undefined
  readonly inbox: Inbox
  /** Where it is, as main knows it. */
  address: string
  /** The address that main itself is loading: going there is not asked about. */
  loading: string | undefined
}

/** Electron's name of a permission → Playwright's. */
const permissions: Readonly<Record<string, string>> = {
  'clipboard-sanitized-write': 'clipboard-write',
  'clipboard-read': 'clipboard-read',
  notifications: 'notifications',
  geolocation: 'geolocation',
}

/** Each BrowserWindow of main as a page of Chromium: its files, messages, navigations and permissions are main's business. */
export function chromiumPages(browser: Browser, main: MainLink): Pages {
  const shown = new Map<number, Shown>()
  let opening: Promise<BrowserContext> | undefined
  let isDark = false
  /** One after the other, as main says them. */
  let queue = Promise.resolve()

  const windowOf = (page: Page) => [...shown.values()].find((one) => one.page === page)
  const context = () => (opening ??= openContext())
  const openContext = async () => {
    const made = await browser.newContext({ acceptDownloads: true, colorScheme: isDark ? 'dark' : 'light' })
    await made.exposeBinding(linkName, ({ page, frame }, message: Spoken) => hear(page, frame, message))
    await made.route('**/*', (asked) => route(asked).catch((error: Error) => giveUp(asked, error)))
    made.on('page', (page) => void closeStranger(page))
    return made
  }
  /** A page that a page has opened: whoever may do so was asked by `route`, and a window of ours it never becomes. */
  const closeStranger = async (page: Page) => {
    if ((await page.opener().catch(() => null)) !== null) await page.close().catch(() => {})
  }

  const hear = async (page: Page, frame: Frame, message: Spoken): Promise<unknown> => {
    const one = windowOf(page)
    if (!one) return undefined
    if (message.kind === 'hello') return one.inbox.begin()
    if (message.kind === 'receive') return one.inbox.next()
    const { channel, args } = message
    return main.ask({ kind: 'invoke', window: one.window, frame: factsOf(frame), channel, args }).then(
      (value) => ({ value }),
      (error: Error) => ({ failure: error.message }),
    )
  }

  const route = async (asked: Route): Promise<void> => {
    const request = asked.request()
    const frame = frameOf(request)
    const one = frame && windowOf(frame.page())
    const url = toMain(request.url())
    // Somebody else's page, at its first address.
    if (!one) {
      const [opener] = shown.values()
      if (opener) await main.ask({ kind: 'open-window', window: opener.window, url }).catch(() => {})
      return asked.abort('aborted')
    }
    if (request.isNavigationRequest()) {
      const isMainFrame = frame.parentFrame() === null
      const isOwn = isMainFrame && one.loading === url
      const mayGo = isOwn || (await main.ask<boolean>({ kind: 'navigate', window: one.window, url, isMainFrame }))
      if (!mayGo) return asked.abort('aborted')
    }
    const answer = await main.ask<Fetched | undefined>({ kind: 'fetch', url, method: request.method() })
    // No scheme of main: the web, which is not to be had here.
    if (!answer) return asked.abort('internetdisconnected')
    await asked.fulfill({ status: answer.status, headers: answer.headers, body: Buffer.from(answer.body) })
  }

  /** The app may end while a page still asks for something: then nobody waits for the answer. Anything else is a bug, and thrown. */
  const giveUp = async (asked: Route, error: Error): Promise<void> => {
    if (!isOver(error)) throw error
    await asked.abort('aborted').catch((reason: Error) => {
      if (!isOver(reason)) throw reason
    })
  }

  const openPage = async (one: Shown): Promise<Page> => {
    const page = await (await context()).newPage()
    one.page = page
    await page.setViewportSize(one.size)
    if (one.preload !== undefined) {
      const preload = readFileSync(one.preload, 'utf8')
      const text = `(require, exports, module) => {\n${preload}\n}`
      await page.addInitScript({ content: `(${String(preloadWorld)})(${JSON.stringify(linkName)}, ${text})` })
    }
    // What main loads is told by `load`; this is what the page does by itself.
    page.on('load', () => one.loading === undefined && tellLoaded(one, toMain(page.url())))
    page.on('framenavigated', (frame) => {
      const url = toMain(frame.url())
      if (frame === page.mainFrame() && one.loading === undefined && isPartOf(one.address, url)) tellLoaded(one, url)
    })
    page.on('crash', () => {
      one.page = undefined
      main.tell({ kind: 'crashed', window: one.window })
      void page.close().catch(() => {})
    })
    return page
  }
  const tellLoaded = (one: Shown, url: string) => {
    const isInPage = isPartOf(one.address, url)
    one.address = url
    main.tell({ kind: 'loaded', window: one.window, url, isInPage })
  }
  const load = async (one: Shown, url: string): Promise<void> => {
    const page = one.page ?? (await openPage(one))
    one.loading = url
    const { origin } = new URL(toPage(url))
    const allowed = await main.ask<string[]>({ kind: 'permissions', origin: url })
    const names = allowed.flatMap((name) => permissions[name] ?? [])
    await (await context()).grantPermissions(names, { origin })
    try {
      await page.goto(toPage(url))
      tellLoaded(one, url)
    } catch (error) {
      main.tell({ kind: 'load-failed', window: one.window, url, message: String(error) })
    }
    one.loading = undefined
  }

  const act = async (message: FromMain): Promise<void> => {
    if (message.kind === 'color-scheme') {
      ;({ isDark } = message)
      for (const { page } of shown.values()) await page?.emulateMedia({ colorScheme: isDark ? 'dark' : 'light' })
      return
    }
    if (message.kind === 'open') {
      const { window, preload, size } = message
      const one: Shown = {
        window,
        preload,
        size,
        page: undefined,
        inbox: createInbox(),
        address: '',
        loading: undefined,
      }
      shown.set(window, one)
      return
    }
    const one = 'window' in message ? shown.get(message.window) : undefined
    if (!one) return
    switch (message.kind) {
      case 'load':
        return load(one, message.url)
      case 'reload':
        // Not `page.reload`: the page may have crashed, and is another one then.
        return load(one, takeAddress(one))
      case 'resize':
        one.size = message.size
        return one.page?.setViewportSize(message.size)
      case 'close':
        shown.delete(one.window)
        return one.page?.close()
      case 'crash':
        // The only address that takes a page of Chromium down on purpose.
        void one.page?.goto('chrome://crash').catch(() => {})
    }
  }

  return {
    handle(message) {
      // Messages to a page must not wait for a page that is loading.
      if (message.kind === 'send') {
        shown.get(message.window)?.inbox.put(message)
        return Promise.resolve()
      }
      const done = queue.then(() => act(message))
      // What goes wrong with one message is no reason not to do what the next one says.
      queue = done.catch(() => {})
      return done.catch((error: Error) => {
        if (!isOver(error)) throw error
      })
    },
    sendFrom(frame, channel, args) {
      const window = windowOf(frame.page())?.window ?? 0
      return main.ask({ kind: 'invoke', window, frame: factsOf(frame), channel, args })
    },
    pages: () => [...shown.values()].flatMap(({ page }) => page ?? []),
    async close() {
      await (await opening)?.close()
    },
  }
}

/** Whether a question went unanswered because the app, the page or the browser has ended. */
function isOver({ message }: Error): boolean {
  return message.includes(endedMessage) || /has been closed|crashed/u.test(message)
}

/** The same document, at another place in it. */
function isPartOf(address: string, url: string): boolean {
  return url !== address && url.includes('#') && url.split('#')[0] === address.split('#')[0]
}

/** The address of a page that is to be loaded anew. */
function takeAddress(one: Shown): string {
  const { address } = one
  one.address = ''
  return address
}

type Spoken =
  | { readonly kind: 'hello' }
  | { readonly kind: 'receive' }
  | { readonly kind: 'invoke'; readonly channel: string; readonly args: readonly unknown[] }

function factsOf(frame: Frame): FrameFacts {
  return { url: toMain(frame.url()), isMainFrame: frame.parentFrame() === null }
}

/** Undefined for the first request of a page that is only coming to be. */
function frameOf(request: Request): Frame | undefined {
  try {
    return request.frame()
  } catch {
    return undefined
  }
}
