import path from 'node:path'
import { app, Menu, shell } from 'electron'
import type { Core } from '../core/index.ts'
import { productName } from './names.ts'
import { linkVerdict } from './policy/navigation.ts'
import { menuTemplate } from './view/menu-template.ts'
import type { Windows } from './windows.ts'

export function setMenu(windows: Windows, { layout }: Pick<Core, 'layout'>): void {
  app.setAboutPanelOptions({ applicationName: productName, applicationVersion: app.getVersion(), copyright: 'MIT' })
  const template = menuTemplate(process.platform, app.isPackaged, {
    open: (place) => windows.show(place),
    browse: (url) => {
      const verdict = linkVerdict(url)
      if (verdict.kind === 'browser') void shell.openExternal(verdict.url)
    },
    reveal: (what) =>
      what === 'logs' ? shell.showItemInFolder(path.join(layout.logs, 'host.log')) : void shell.openPath(layout.home),
  })
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}
