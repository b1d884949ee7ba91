import { Notification } from 'electron'
import { startsAgain } from '../contract/index.ts'
import type { Server } from '../contract/index.ts'
import type { Core } from '../core/index.ts'
import type { HostView } from './view/host-view.ts'
import { newsIn } from './view/news.ts'
import type { Windows } from './windows.ts'

/** Tells failures, and the end of what took long, through the system: only while the window is not what the user looks at. */
export function notifyNews({ events }: Pick<Core, 'events'>, windows: Windows, view: () => HostView): void {
  const failed = new Set(
    view()
      .servers.filter(isFailed)
      .map(({ name }) => name),
  )
  events.subscribe((event) => {
    const news = newsIn(event, (server) => failed.has(server))
    if (event.name === 'server.changed') {
      const { server } = event.payload
      if (isFailed(server)) failed.add(server.name)
      else failed.delete(server.name)
    }
    if (!news || windows.current()?.isFocused() || !Notification.isSupported()) return
    const notification = new Notification({ title: news.title, body: news.body })
    notification.on('click', () => windows.show(news.place))
    notification.show()
  })
}

function isFailed(server: Server): boolean {
  return server.state === 'failed' && !startsAgain(server)
}
