import { create } from 'zustand'
import type { HostInfo } from '../../contract/index.ts'
import { keep, kept } from './keep.ts'

/**
 * Who tells through the system what happens while the window is hidden. `desktop`: the desktop app does, by itself.
 * `denied`: the browser does not let this page. `unsupported`: it cannot.
 */
export type NoticeState = 'desktop' | 'unsupported' | 'denied' | 'off' | 'on'

interface NoticesState {
  /** The user's choice, for this browser. */
  readonly isWanted: boolean
  readonly permission: NotificationPermission | undefined
}

const choice = 'beep-notices'

export const useNotices = create<NoticesState>()(() => ({ isWanted: false, permission: undefined }))

/** Takes up what the user chose last time in this browser. */
export function startNotices(): void {
  useNotices.setState({ isWanted: kept(choice) === true, permission: permissionNow() })
}

export function noticeStateOf(
  { isWanted, permission }: NoticesState,
  info: Pick<HostInfo, 'desktop'> | undefined,
): NoticeState {
  if (info?.desktop) return 'desktop'
  if (permission === undefined) return 'unsupported'
  if (permission === 'denied') return 'denied'
  return isWanted && permission === 'granted' ? 'on' : 'off'
}

/** Turns them on, for which the browser asks the user the first time, or off. */
export async function chooseNotices(isWanted: boolean): Promise<void> {
  const permission =
    isWanted && permissionNow() === 'default' ? await Notification.requestPermission() : permissionNow()
  const isOn = isWanted && permission === 'granted'
  useNotices.setState({ isWanted: isOn, permission })
  keep(choice, isOn)
}

function permissionNow(): NotificationPermission | undefined {
  return 'Notification' in window ? Notification.permission : undefined
}
