import { Notification } from 'electron'
import type { Core } from '../core/index.ts'
import type { HostView } from './view/host-view.ts'
import { newsIn } from './view/news.ts'
import type { Windows } from './windows.ts'

/** Tells failures, and the end of what took long, through the system: only while the window is not what the user looks at. */
export function notifyNews({ events }: Pick<Core, 'events'>, windows: Windows, view: () => HostView): void {
  const failed = new Set(
    view()
      .servers.filter(({ state }) => state === 'failed')
      .map(({ name }) => name),
  )
  events.subscribe((event) => {
    const news = newsIn(event, (server) => failed.has(server))
    if (event.name === 'server.changed') {
      const { name, state } = event.payload.server
      if (state === 'failed') failed.add(name)
      else failed.delete(name)
    }
    if (!news || windows.current()?.isFocused() || !Notification.isSupported()) return
    const notification = new Notification({ title: news.title, body: news.body })
    notification.on('click', () => windows.show(news.place))
    notification.show()
  })
}
