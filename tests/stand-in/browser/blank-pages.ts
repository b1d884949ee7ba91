import type { Fetched, FromMain } from '../messages.ts'
import { endedMessage } from './main-link.ts'
import type { MainLink } from './main-link.ts'
import type { Pages } from './pages.ts'

/** Windows without a browser: what they load is fetched from main and shown to nobody. For tests of what is no page. */
export function blankPages(main: MainLink): Pages {
  return {
    async handle(message: FromMain) {
      if (message.kind !== 'load') return
      const { window, url } = message
      const answer = await main
        .ask<Fetched | undefined>({ kind: 'fetch', url, method: 'GET' })
        .catch((error: Error) => {
          // It has ended while it was asked.
          if (error.message !== endedMessage) throw error
          return undefined
        })
      if (answer?.status === 200) main.tell({ kind: 'loaded', window, url, isInPage: false })
      else main.tell({ kind: 'load-failed', window, url, message: `status ${answer?.status}` })
    },
    pages: () => [],
    sendFrom: () => Promise.reject(new Error('There are no pages')),
    close: () => Promise.resolve(),
  }
}
