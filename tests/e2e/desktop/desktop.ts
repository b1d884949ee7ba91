import type { Frame, Page } from '@playwright/test'
import { endedMessage } from '../../stand-in/browser/main-link.ts'
import { eventually } from '../../tools/eventually.ts'
import type { DesktopAction, DesktopView, DialogView, MenuView, TrayView } from './views.ts'

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** What differs between the stand-in and Electron. */
export interface Door {
  readonly kind: 'stand-in' | 'electron'
  readonly pid: number
  readonly output: () => string
  readonly pages: () => readonly Page[]
  readonly inspect: () => Promise<DesktopView>
  readonly act: (action: DesktopAction) => Promise<void>
  readonly sendFrom: (frame: Frame, channel: string, ...args: readonly unknown[]) => Promise<unknown>
  /** What `inspect` would have said at the very end; undefined while it runs, and where nobody could tell. */
  readonly last: () => DesktopView | undefined
  readonly signal: (signal: NodeJS.Signals) => void
  /** The panel that shows tray icons comes and goes. */
  readonly setTrayHost: (isThere: boolean) => void
  readonly closed: Promise<Ended>
}

/** A running desktop app, as its user has it, and a little more. Ends by `quit`, or by `close` at the end of a test. */
export interface Desktop extends AsyncDisposable {
  readonly kind: Door['kind']
  readonly pid: number
  /** The page of its window. @throws where there is none, such as after a hidden start */
  readonly page: Page
  readonly windows: () => readonly Page[]
  /** All that is native, at this moment. */
  readonly inspect: () => Promise<DesktopView>
  /** Waits until the native side is as wanted. */
  readonly until: (what: string, wanted: (view: DesktopView) => unknown) => Promise<DesktopView>
  readonly tray: {
    readonly view: () => Promise<TrayView | null>
    /** The same once it is there: main has to ask for the place of it first. */
    readonly there: () => Promise<TrayView>
    /** By labels, from the outside in: `click('demo', 'Stop')`. A label may go on after what is given. */
    readonly click: (...labels: readonly string[]) => Promise<void>
    /** On the icon itself. */
    readonly press: () => Promise<void>
  }
  readonly menu: {
    readonly view: () => Promise<readonly MenuView[]>
    readonly click: (...labels: readonly string[]) => Promise<void>
  }
  readonly dialogs: {
    /** Waits for the dialog that is open. */
    readonly next: () => Promise<DialogView>
    readonly open: () => Promise<readonly DialogView[]>
    /** Waits for a dialog and presses one of its buttons. */
    readonly answer: (button: string, isChecked?: boolean) => Promise<DialogView>
    /** Waits for a file picker and chooses; nothing: cancels. */
    readonly pick: (...paths: readonly string[]) => Promise<DialogView>
  }
  readonly shell: {
    readonly opened: () => Promise<readonly string[]>
    readonly revealed: () => Promise<readonly string[]>
  }
  /** The button in the window's corner. */
  readonly closeWindow: () => Promise<void>
  readonly act: (action: DesktopAction) => Promise<void>
  /** A message to main from any frame, over any channel: what only an attacker would do. The stand-in only. */
  readonly sendFrom: Door['sendFrom']
  readonly setTrayHost: Door['setTrayHost']
  /** What main wrote to its terminal. */
  readonly output: () => string
  /** Quits by the menu of the tray, or by a signal where there is none, and waits for the end. */
  readonly quit: () => Promise<Ended>
  readonly closed: Promise<Ended>
  readonly last: Door['last']
  readonly signal: (signal: NodeJS.Signals) => void
  /** Waits until there is something to see, or the end. */
  readonly shown: () => Promise<void>
  /** Ends it whatever it does. */
  readonly close: () => Promise<void>
}

export function createDesktop(door: Door): Desktop {
  const { inspect, closed } = door
  let hasEnded = false
  void closed.then(() => (hasEnded = true))
  /** What ends the app gets no answer any more. */
  const act = (action: DesktopAction) =>
    door.act(action).catch(async (error: Error) => {
      if (!error.message.includes(endedMessage)) throw error
      await closed
    })
  const until: Desktop['until'] = (what, wanted) =>
    eventually(`${what}\n${door.output()}`, async () => {
      const view = await inspect()
      return wanted(view) ? view : undefined
    })
  const next = async (): Promise<DialogView> =>
    (await until('there is a dialog', (view) => view.dialogs[0])).dialogs[0]!
  const signal = (name: NodeJS.Signals) => door.signal(name)
  const close = async () => {
    if (!hasEnded) signal('SIGKILL')
    await closed
  }
  return {
    kind: door.kind,
    pid: door.pid,
    get page() {
      const [page] = door.pages()
      if (!page) throw new Error(`There is no page\n${door.output()}`)
      return page
    },
    windows: door.pages,
    inspect,
    until,
    act,
    tray: {
      view: async () => (await inspect()).tray,
      there: async () => (await until('the icon is there', ({ tray }) => tray)).tray!,
      click: (...labels) => act({ kind: 'click', menu: 'tray', labels }),
      press: () => act({ kind: 'press-tray' }),
    },
    menu: {
      view: async () => (await inspect()).menu,
      click: (...labels) => act({ kind: 'click', menu: 'app', labels }),
    },
    dialogs: {
      next,
      open: async () => (await inspect()).dialogs,
      async answer(button, isChecked = false) {
        const dialog = await next()
        await act({ kind: 'answer', dialog: dialog.id, button, isChecked })
        return dialog
      },
      async pick(...paths) {
        const dialog = await next()
        await act({ kind: 'pick', dialog: dialog.id, paths })
        return dialog
      },
    },
    shell: {
      opened: async () => (await inspect()).opened,
      revealed: async () => (await inspect()).revealed,
    },
    closeWindow: () => act({ kind: 'close-window' }),
    sendFrom: door.sendFrom,
    setTrayHost: door.setTrayHost,
    output: door.output,
    async quit() {
      signal('SIGTERM')
      return closed
    },
    closed,
    last: door.last,
    signal,
    async shown() {
      const isShown = async () => {
        const { dialogs, tray, windows } = await inspect()
        return dialogs.length > 0 || windows.some(({ url }) => url !== '') || (windows.length === 0 && tray !== null)
      }
      await eventually(
        'the desktop app shows something',
        async () => hasEnded || (await isShown().catch(() => hasEnded)),
      ).catch((error: Error) => {
        throw new Error(`${error.message}\n${door.output()}`, { cause: error })
      })
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}
