import { app, clipboard, Notification } from 'electron'
import type { CommandName, ErrorInfo } from '../contract/index.ts'
import type { Core } from '../core/index.ts'
import { text } from './text.ts'
import type { TrayAction } from './view/tray-model.ts'
import type { Windows } from './windows.ts'

export interface ActionDeps {
  readonly dispatch: Core['dispatch']
  readonly windows: Pick<Windows, 'show'>
  readonly quitNow: () => void
}

/** Does what a click in the native side means. Work is the host's, by the same commands that every door has. */
export function createActions({ dispatch, windows, quitNow }: ActionDeps): (action: TrayAction) => void {
  const ask = (name: CommandName, params: object, title: string) =>
    void dispatch(name, params).then((reply) => {
      // A job that fails later shows in the state of its server; here it could not even begin.
      if ('error' in reply) tellFailure(title, reply.error)
    })
  return (action) => {
    switch (action.do) {
      case 'open':
        return windows.show(action.place)
      case 'start':
      case 'stop':
      case 'restart':
        return ask(`servers.${action.do}`, { name: action.server }, `${action.server}: ${action.label}`)
      case 'startAll':
        return ask('servers.startAll', {}, text.tray.startAll)
      case 'stopAll':
        return ask('servers.stopAll', {}, text.tray.stopAll)
      case 'copy':
        return void clipboard.writeText(action.text)
      case 'quit':
        return app.quit()
      case 'quitNow':
        return quitNow()
    }
  }
}

function tellFailure(title: string, { message, hint }: ErrorInfo): void {
  if (!Notification.isSupported()) return
  new Notification({ title: text.action(title), body: [message, hint].filter(Boolean).join('\n') }).show()
}
