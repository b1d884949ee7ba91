// What the stand-in (a Node process that runs main) and its launcher (which has the browser) say to each other. Everything
// travels by structured clone, as between the processes of Electron.

export interface FrameFacts {
  /** As main knows it: `app:`, not the https: under which Chromium loads it here. */
  readonly url: string
  readonly isMainFrame: boolean
}

export type FromMain =
  | { readonly kind: 'open'; readonly window: number; readonly preload: string | undefined; readonly size: Size }
  | { readonly kind: 'load'; readonly window: number; readonly url: string }
  | { readonly kind: 'reload'; readonly window: number }
  | { readonly kind: 'resize'; readonly window: number; readonly size: Size }
  | { readonly kind: 'send'; readonly window: number; readonly channel: string; readonly args: readonly unknown[] }
  | { readonly kind: 'close'; readonly window: number }
  | { readonly kind: 'crash'; readonly window: number }
  /** The last word: what `inspect` would say. */
  | { readonly kind: 'end'; readonly view: unknown }
  | { readonly kind: 'color-scheme'; readonly isDark: boolean }
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failure'; readonly id: number; readonly message: string }

export interface Size {
  readonly width: number
  readonly height: number
}

/** Questions to main; each gets an `answer` or a `failure`. */
export type Question =
  | { readonly kind: 'fetch'; readonly url: string; readonly method: string }
  | {
      readonly kind: 'invoke'
      readonly window: number
      readonly frame: FrameFacts
      readonly channel: string
      readonly args: readonly unknown[]
    }
  | { readonly kind: 'navigate'; readonly window: number; readonly url: string; readonly isMainFrame: boolean }
  | { readonly kind: 'open-window'; readonly window: number; readonly url: string }
  | { readonly kind: 'permissions'; readonly origin: string }
  | { readonly kind: 'inspect' }
  | { readonly kind: 'act'; readonly action: unknown }

export type Notice =
  | { readonly kind: 'loaded'; readonly window: number; readonly url: string; readonly isInPage: boolean }
  | { readonly kind: 'load-failed'; readonly window: number; readonly url: string; readonly message: string }
  | { readonly kind: 'crashed'; readonly window: number }

export type ToMain = Notice | (Question & { readonly id: number })

export interface Fetched {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}
