import { app, dialog, Notification } from 'electron'
import type { BrowserWindow } from 'electron'
import { startsAgain } from '../contract/index.ts'
import type { Settings } from '../contract/index.ts'
import type { Core } from '../core/index.ts'
import type { Memory } from './desktop-file.ts'
import { canHide, closeDecision } from './policy/close-window.ts'
import type { Quit } from './quit.ts'
import { text } from './text.ts'
import type { TrayHost } from './tray-host/tray-host.ts'
import { liveServers } from './view/host-view.ts'
import type { FollowedHost } from './view/follow-host.ts'

export interface CloseDeps {
  readonly host: FollowedHost
  readonly dispatch: Core['dispatch']
  readonly memory: Memory
  readonly quit: Pick<Quit, 'isQuitting'>
  readonly findTrayHost: () => Promise<TrayHost>
}

/** What the button in the corner of the window does: the setting decides, and whether there is a tray to come back from. */
export function watchClose(window: BrowserWindow, deps: CloseDeps): void {
  let isDeciding = false
  window.on('close', (event) => {
    if (deps.quit.isQuitting()) return
    // Where the tray is has to be asked, and that takes a moment.
    event.preventDefault()
    if (isDeciding) return
    isDeciding = true
    void decide(window, deps).finally(() => (isDeciding = false))
  })
}

async function decide(window: BrowserWindow, deps: CloseDeps): Promise<void> {
  const { settings, runningJobs } = deps.host.view()
  const live = liveServers(deps.host.view())
  const waiting = live.filter(startsAgain).length
  const trayHost = await deps.findTrayHost()
  const { platform } = process
  const decision = closeDecision({
    behaviour: settings.closeBehaviour,
    platform,
    trayHost,
    isQuitting: deps.quit.isQuitting(),
    isBusy: live.length + runningJobs.length > 0,
  })
  const detail = text.close.running(live.length - waiting, waiting, runningJobs.length)
  const chosen = decision === 'ask' ? await ask(window, deps, canHide(platform, trayHost), detail) : decision
  if (window.isDestroyed()) return
  if (chosen === 'quit') app.quit()
  if (chosen === 'minimize') window.minimize()
  if (chosen === 'hide') hide(window, deps.memory)
}

function hide(window: BrowserWindow, memory: Memory): void {
  if (window.isFullScreen()) {
    // macOS would leave an empty black space behind.
    window.once('leave-full-screen', () => window.hide())
    window.setFullScreen(false)
  } else window.hide()
  if (memory.get().wasToldOfTray || process.platform === 'darwin' || !Notification.isSupported()) return
  memory.change({ wasToldOfTray: true })
  new Notification({ ...text.inTray }).show()
}

type Answer = 'hide' | 'minimize' | 'quit' | 'cancel'

async function ask(window: BrowserWindow, { dispatch }: CloseDeps, hasPlace: boolean, detail: string): Promise<Answer> {
  const answers: readonly Answer[] = [hasPlace ? 'hide' : 'minimize', 'quit', 'cancel']
  const { response, checkboxChecked } = await dialog.showMessageBox(window, {
    type: 'question',
    title: text.product,
    message: hasPlace ? text.close.question : text.close.questionNoTray,
    detail,
    buttons: answers.map((answer) => text.close[answer]),
    defaultId: 0,
    cancelId: 2,
    noLink: true,
    // What cannot be hidden here can be elsewhere: that choice is not for keeping.
    ...(hasPlace ? { checkboxLabel: text.close.remember } : {}),
  })
  const answer = answers[response] ?? 'cancel'
  if (checkboxChecked && (answer === 'hide' || answer === 'quit')) {
    const change: Pick<Settings, 'closeBehaviour'> = { closeBehaviour: answer }
    await dispatch('settings.update', change)
  }
  return answer
}
