import type { Settings } from '../../contract/index.ts'
import type { TrayHost } from '../tray-host/tray-host.ts'

export interface CloseFacts {
  readonly behaviour: Settings['closeBehaviour']
  readonly platform: NodeJS.Platform
  readonly trayHost: TrayHost
  /** The app is on its way out: the window must not stand in it. */
  readonly isQuitting: boolean
  /** Servers or jobs that would end with the app. */
  readonly isBusy: boolean
}

export type CloseDecision =
  /** Let it go. */
  | 'close'
  /** The window goes, the app stays where it can be found: in the tray, or in the Dock. */
  | 'hide'
  | 'quit'
  /** The user decides; `hide` is among the answers where there is a place to hide. */
  | 'ask'

/** What closing the window does. Where nothing would bring it back it is never hidden: an app that vanishes seems dead. */
export function closeDecision({ behaviour, platform, trayHost, isQuitting, isBusy }: CloseFacts): CloseDecision {
  if (isQuitting) return 'close'
  if (behaviour !== 'hide') return behaviour
  if (canHide(platform, trayHost)) return 'hide'
  return isBusy ? 'ask' : 'quit'
}

/** True where the user gets a hidden app back: from the tray, or from the Dock that macOS always has. */
export function canHide(platform: NodeJS.Platform, trayHost: TrayHost): boolean {
  return platform === 'darwin' || trayHost === 'yes'
}
