import { app } from 'electron'
import type { Launch } from './launch.ts'
import { placeOfLink } from './policy/deep-link.ts'
import type { Place } from './policy/deep-link.ts'

export interface Doorbell {
  readonly ring: (link: string | undefined) => void
  /** From now on; whoever rang before is let in at once. */
  readonly answer: (show: (place: Place | undefined) => void, log: (text: string) => void) => void
}

/** Everybody who wants the window: a second start of the app, a link, a click in the Dock. They may come before it is there. */
export function hangDoorbell(): Doorbell {
  let ring: (link: string | undefined) => void = (link) => waiting.push(link)
  const waiting: (string | undefined)[] = []
  app.on('second-instance', (_event, _argv, _cwd, sent) => {
    const { isHidden, link } = sent as Launch
    // The system starting us at login while we run already wants nothing.
    if (!isHidden || link !== undefined) ring(link)
  })
  app.on('open-url', (event, link) => {
    event.preventDefault()
    ring(link)
  })
  return {
    ring: (link) => ring(link),
    answer(show, log) {
      ring = (link) => {
        const place = link === undefined ? undefined : placeOfLink(link)
        if (link !== undefined && !place) log(`link: refused ${JSON.stringify(link.slice(0, 300))}`)
        show(place)
      }
      // Not before: macOS activates an app that it starts hidden, too.
      app.on('activate', () => ring(undefined))
      for (const link of waiting.splice(0)) ring(link)
    },
  }
}
