import { EventEmitter } from 'node:events'
import http from 'node:http'
import https from 'node:https'

type Options = Extract<Parameters<Electron.Net['request']>[0], object>

/** Chromium's network, by Node's: enough of it for downloads. */
class ClientRequest extends EventEmitter implements Pick<Electron.ClientRequest, 'abort' | 'followRedirect'> {
  readonly #options: Options
  #outgoing: http.ClientRequest | undefined
  #target: string | undefined
  #isAborted = false

  constructor(options: Options) {
    super()
    this.#options = options
  }
  end(): this {
    this.#ask(this.#options.url ?? '')
    return this
  }
  abort(): void {
    this.#isAborted = true
    this.#outgoing?.destroy()
  }
  followRedirect(): void {
    if (this.#target !== undefined) this.#ask(this.#target)
    this.#target = undefined
  }
  #ask(url: string): void {
    const { method = 'GET', headers = {} } = this.#options
    const outgoing = (url.startsWith('https:') ? https : http).request(url, { method, headers })
    this.#outgoing = outgoing
    outgoing.on('response', (response) => {
      const { statusCode = 0 } = response
      const { location } = response.headers
      if (location === undefined || statusCode < 300 || statusCode > 399) return void this.emit('response', response)
      response.destroy()
      this.#target = new URL(location, url).href
      this.emit('redirect', statusCode, 'GET', this.#target, {})
      // Not followed in the same moment: cancelled.
      if (this.#target !== undefined && !this.#isAborted) this.emit('error', new Error('Redirect was cancelled'))
    })
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      if (!this.#isAborted) this.emit('error', new Error(chromiumName(error)))
    })
    outgoing.end()
  }
}

function chromiumName({ code, message }: NodeJS.ErrnoException): string {
  const names: Record<string, string> = { ECONNREFUSED: 'CONNECTION_REFUSED', ENOTFOUND: 'NAME_NOT_RESOLVED' }
  return code !== undefined && names[code] ? `net::ERR_${names[code]}` : `net::ERR_CONNECTION_RESET (${message})`
}

export const net = {
  request: (options: Options) => new ClientRequest(options),
}
