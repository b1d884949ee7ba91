import { onAbort } from '../abort.ts'
import { HttpConnection } from './connection.ts'
import type { ConnectionLimits, HttpOrigin, HttpQuestion } from './connection.ts'
import type { HttpReply } from './response-reader.ts'

interface Queued {
  readonly origin: HttpOrigin
  readonly go: (connection: HttpConnection) => void
}

/** Connections of one client: as many as it asks questions at once, up to a number; further questions wait their turn. */
export class HttpConnections {
  readonly #limits: ConnectionLimits
  readonly #most: number
  readonly #open = new Set<HttpConnection>()
  readonly #idle: HttpConnection[] = []
  readonly #queue: Queued[] = []
  readonly #inFlight = new Set<(reason: unknown) => void>()

  constructor(limits: ConnectionLimits, most: number) {
    this.#limits = limits
    this.#most = most
  }

  /**
   * One question and its whole answer, whatever its status. Aborting the signal hangs up, and rejects with the reason.
   * Rejects with a system's error, or a BackendError PROTOCOL.
   */
  ask(origin: HttpOrigin, question: HttpQuestion, signal: AbortSignal | undefined): Promise<HttpReply> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) throw signal.reason
      let used: HttpConnection | undefined
      const queued: Queued = {
        origin,
        go: (connection) => {
          used = connection
          connection.ask(question).then(
            (reply) => {
              over()
              resolve(reply)
            },
            (error: unknown) => {
              over()
              reject(error)
            },
          )
        },
      }
      const giveUp = (reason: unknown): void => {
        const place = this.#queue.indexOf(queued)
        if (place >= 0) this.#queue.splice(place, 1)
        over()
        reject(reason)
        used?.destroy()
      }
      const release = signal && onAbort(signal, giveUp)
      const over = (): void => {
        release?.()
        this.#inFlight.delete(giveUp)
      }
      this.#inFlight.add(giveUp)
      const connection = this.#free(origin)
      if (connection === undefined) this.#queue.push(queued)
      else queued.go(connection)
    })
  }

  /** Gives up every question: they reject with this reason. */
  abandon(reason: () => unknown): void {
    for (const giveUp of this.#inFlight) giveUp(reason())
  }

  close(): void {
    for (const connection of this.#open) connection.destroy()
  }

  #free(origin: HttpOrigin): HttpConnection | undefined {
    for (let idle = this.#idle.pop(); idle !== undefined; idle = this.#idle.pop()) {
      if (idle.origin.host === origin.host && idle.origin.port === origin.port) return idle
      // The server has moved.
      idle.destroy()
    }
    return this.#open.size < this.#most ? this.#dial(origin) : undefined
  }

  #dial(origin: HttpOrigin): HttpConnection {
    const connection = new HttpConnection(
      origin,
      this.#limits,
      (idle) => {
        this.#idle.push(idle)
        this.#next()
      },
      (gone) => {
        this.#open.delete(gone)
        const place = this.#idle.indexOf(gone)
        if (place >= 0) this.#idle.splice(place, 1)
        this.#next()
      },
    )
    this.#open.add(connection)
    return connection
  }

  /** There may be room for the one that waits longest. */
  #next(): void {
    const [first] = this.#queue
    if (first === undefined) return
    const connection = this.#free(first.origin)
    if (connection === undefined) return
    this.#queue.shift()
    first.go(connection)
  }
}
