import { app, dialog, powerMonitor } from 'electron'
import type { BrowserWindow, MessageBoxOptions } from 'electron'
import type { Host } from '../core/index.ts'
import type { Memory } from './desktop-file.ts'
import { text } from './text.ts'
import { serversToStop } from './view/host-view.ts'
import type { FollowedHost } from './view/follow-host.ts'

export interface QuitDeps {
  readonly host: Host
  readonly followed: FollowedHost
  readonly memory: Memory
  /** The window must be seen while there is something to wait for. */
  readonly window: () => BrowserWindow | undefined
}

export interface Quit {
  readonly isQuitting: () => boolean
  /** Ends at once. Servers notice that their host is gone, and end by themselves. */
  readonly now: () => void
}

/** Milliseconds after which the wait is worth a word. Most servers end within one second. */
const tellAfterMs = 1500

/**
 * The way out, whoever asks for it (menu, tray, signal, the end of the session, `beep-host host stop`): everything is stopped and
 * proven gone, then the app ends. It says what it waits for, and can be told not to.
 */
export function watchQuit({ host, followed, memory, window }: QuitDeps): Quit {
  let leaving: Promise<void> | undefined
  let isSystemEnding = false
  const { log } = host

  const now = () => {
    log('quit without waiting')
    app.exit(0)
  }
  const leave = async () => {
    const failures = watchFailures(followed)
    const told = new AbortController()
    const timer = setTimeout(() => void tell(told.signal, followed, window(), now), tellAfterMs)
    await host.close()
    clearTimeout(timer)
    told.abort()
    await memory.flush()
    if (failures.size > 0 && !isSystemEnding) await tellFailures([...failures.values()])
    app.exit(0)
  }

  app.on('before-quit', (event) => {
    // Refusing would stop the user's logout. Servers end when this program does; what can be done meanwhile is done.
    if (!isSystemEnding) event.preventDefault()
    leaving ??= leave()
  })
  powerMonitor.on('shutdown', () => {
    isSystemEnding = true
    app.quit()
  })
  // The host can be ended from a terminal, and there is no app without it.
  void host.closed.then(() => (leaving ??= leave()))
  return { isQuitting: () => leaving !== undefined, now }
}

/** Servers that turn out not to stop. */
function watchFailures(followed: FollowedHost): ReadonlyMap<string, string> {
  const before = new Set(
    followed
      .view()
      .servers.filter(({ state }) => state === 'failed')
      .map(({ name }) => name),
  )
  const failures = new Map<string, string>()
  followed.onChange(({ servers }) => {
    for (const { name, state, error } of servers)
      if (state === 'failed' && !before.has(name)) failures.set(name, error?.message ?? name)
  })
  return failures
}

async function tell(
  signal: AbortSignal,
  followed: FollowedHost,
  window: BrowserWindow | undefined,
  now: () => void,
): Promise<void> {
  const count = serversToStop(followed.view()).length
  const options: MessageBoxOptions = {
    type: 'info',
    title: text.product,
    message: text.quitting.message(count),
    detail: text.quitting.detail(count),
    buttons: [text.quitting.wait, text.quitting.now],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
    signal,
  }
  const isSeen = window?.isVisible() === true && !window.isMinimized()
  // Without a window macOS shows a box that stops this very program while it waits; the menu of the tray has the same way out.
  if (!isSeen && process.platform === 'darwin') return
  const { response } = await (isSeen ? dialog.showMessageBox(window, options) : dialog.showMessageBox(options))
  if (response === 1) now()
}

async function tellFailures(messages: readonly string[]): Promise<void> {
  await dialog.showMessageBox({
    type: 'warning',
    title: text.product,
    message: text.notStopped.title,
    detail: messages.join('\n'),
  })
}
