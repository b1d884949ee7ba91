interface Sent {
  readonly channel: string
  readonly args: readonly unknown[]
}

/** What main has sent to a page and the page has not fetched yet. A new document begins with an empty one. */
export interface Inbox {
  /** A document is there and listens. */
  readonly begin: () => void
  readonly hasBegun: () => boolean
  readonly put: (message: Sent) => void
  /** Waits for messages; one document waits at a time. */
  readonly next: () => Promise<readonly Sent[]>
}

export function createInbox(): Inbox {
  let waiting: Sent[] = []
  let hand: ((messages: readonly Sent[]) => void) | undefined
  let isBegun = false
  return {
    begin() {
      isBegun = true
      waiting = []
      // Whoever waited was of a document that is gone.
      hand = undefined
    },
    hasBegun: () => isBegun,
    put({ channel, args }) {
      // Nobody listens yet: lost, as in Electron.
      if (!isBegun) return
      waiting.push({ channel, args })
      hand?.(waiting.splice(0))
      hand = undefined
    },
    next: () =>
      new Promise((resolve) => {
        if (waiting.length > 0) resolve(waiting.splice(0))
        else hand = resolve
      }),
  }
}
