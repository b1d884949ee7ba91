import { setTimeout as pause } from 'node:timers/promises'
import type { TrayHost } from './tray-host.ts'

export interface AwaitedTray {
  readonly find: () => Promise<TrayHost>
  /** Shows our icon. */
  readonly show: () => void
  /** Milliseconds between two looks, and how many of them: at login the panel may come after us. */
  readonly everyMs?: number
  readonly looks?: number
}

export interface TrayWatch {
  /** Looks now; where there is a tray our icon is in it afterwards. */
  readonly look: () => Promise<TrayHost>
  /** The first answer, or the last one after many looks. */
  readonly atStart: Promise<TrayHost>
}

/** An icon shown before there is a tray would be lost, so it waits for one. */
export function awaitTray({ find, show, everyMs = 500, looks = 40 }: AwaitedTray): TrayWatch {
  let isShown = false
  const look = async () => {
    const found = await find()
    if (found === 'yes' && !isShown) {
      isShown = true
      show()
    }
    return found
  }
  const wait = async () => {
    let found = await look()
    for (let left = looks; left > 0 && found !== 'yes'; left -= 1) {
      await pause(everyMs, undefined, { ref: false })
      found = await look()
    }
    return found
  }
  return { look, atStart: wait() }
}
