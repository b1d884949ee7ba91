import path from 'node:path'
import { Menu, nativeTheme, Tray } from 'electron'
import type { MenuItemConstructorOptions } from 'electron'
import type { FollowedHost } from './view/follow-host.ts'
import { trayIcon } from './view/tray-icon.ts'
import { trayOf } from './view/tray-model.ts'
import type { TrayAction, TrayItem } from './view/tray-model.ts'

export interface TrayDeps {
  readonly host: FollowedHost
  readonly act: (action: TrayAction) => void
  /** Folder of the pictures. */
  readonly pictures: string
  readonly platform: NodeJS.Platform
  readonly desktop: string | undefined
}

/** Puts the icon into the tray, and keeps icon, tooltip and menu as the host is. What has not changed is not touched: nothing flickers. */
export function showTray({ host, act, pictures, platform, desktop }: TrayDeps): void {
  const pictureOf = (state: Parameters<typeof trayIcon>[0]) =>
    path.join(pictures, trayIcon(state, { platform, isSystemDark: isSystemDark(), desktop }))
  let model = trayOf(host.view())
  let picture = pictureOf(model.state)
  const tray = new Tray(picture)
  const setMenu = () => tray.setContextMenu(Menu.buildFromTemplate(model.items.map((item) => templateOf(item, act))))
  tray.setToolTip(model.tooltip)
  setMenu()
  // On Linux most trays open the menu on every click, and tell nobody.
  if (platform !== 'darwin') tray.on('click', () => act({ do: 'open' }))

  const refresh = () => {
    const before = model
    model = trayOf(host.view())
    const next = pictureOf(model.state)
    if (next !== picture) tray.setImage((picture = next))
    if (model.tooltip !== before.tooltip) tray.setToolTip(model.tooltip)
    if (JSON.stringify(model.items) !== JSON.stringify(before.items)) setMenu()
  }
  host.onChange(refresh)
  nativeTheme.on('updated', refresh)
}

/** Of panels and the taskbar; Linux tells of the theme only. */
function isSystemDark(): boolean {
  const told = nativeTheme.shouldUseDarkColorsForSystemIntegratedUI as boolean | undefined
  return told ?? nativeTheme.shouldUseDarkColors
}

function templateOf(item: TrayItem, act: TrayDeps['act']): MenuItemConstructorOptions {
  if (item.kind === 'line') return { type: 'separator' }
  // One ampersand underlines a letter; two are one.
  const label = item.label.replaceAll('&', '&&')
  if (item.kind === 'menu') return { label, submenu: item.items.map((inner) => templateOf(inner, act)) }
  const { action } = item
  return action === undefined ? { label, enabled: false } : { label, click: () => act(action) }
}
