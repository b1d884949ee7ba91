import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import type { Duplex } from 'node:stream'
import sirv from 'sirv'
import { WebSocketServer } from 'ws'
import { AppError } from '../../contract/index.ts'
import type { Settings } from '../../contract/index.ts'
import type { Dispatch } from '../dispatch.ts'
import type { EventHub } from '../events/index.ts'
import { cookieName, cookieOf, isOwnHost, isOwnOrigin, pageHeaders, sessionCookie } from './policy.ts'
import { servePage } from './socket.ts'
import { createTickets } from './tickets.ts'
import { isPagePath, withTheme } from './themed-page.ts'

export interface BrowserDoorOptions {
  readonly dispatch: Dispatch
  readonly events: EventHub
  /** The built renderer: a folder with an index.html. */
  readonly pages: string
  /** 0: the system chooses. */
  readonly port: number
  /** The user's theme, for the first paint: the page itself learns it only once it runs. */
  readonly theme: () => Promise<Settings['theme']>
  /** Told about every refusal. */
  readonly log: (text: string) => void
}

export interface BrowserDoor {
  readonly port: number
  /** A fresh address, with a ticket in it that is good for one browser, once. */
  readonly address: () => string
  /** A page is connected, or somebody has just been given an address. */
  readonly isInUse: () => boolean
  readonly close: () => Promise<void>
}

/** No command a page sends comes near this. */
const maxMessageBytes = 8 * 1024 * 1024

/**
 * The same screens in a browser: files and a WebSocket on loopback. Nothing is served, not even a file, to who has no session;
 * see docs/security.md.
 * @throws PORT_IN_USE
 */
export async function openBrowserDoor(options: BrowserDoorOptions): Promise<BrowserDoor> {
  const { dispatch, events, log } = options
  const tickets = createTickets()
  const files = sirv(options.pages, { etag: true, dev: false })
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes, perMessageDeflate: false })
  let port = options.port

  const refuse = (response: ServerResponse, status: number, text: string, why: string) => {
    log(`browser door: refused ${why}`)
    response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...pageHeaders(port) }).end(`${text}\n`)
  }
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', 'http://door')
    if (!isOwnHost(request.headers.host, port))
      return refuse(response, 403, 'This is not the address of this host.', `host ${request.headers.host}`)
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return refuse(response, 405, 'Only GET here.', `method ${request.method}`)
    const ticket = url.searchParams.get('ticket')
    if (ticket !== null) {
      const redeemed = tickets.redeem(ticket)
      if ('refused' in redeemed)
        return refuse(
          response,
          403,
          'This address was good once. Run `beep-host serve --ui` for a fresh one.',
          `a ticket that is ${redeemed.refused}`,
        )
      // The redirect takes the ticket out of the address line, and so out of the history.
      return void response
        .writeHead(303, {
          location: '/',
          'set-cookie': sessionCookie(cookieName(port), redeemed.session),
          ...pageHeaders(port),
        })
        .end()
    }
    if (!tickets.isSession(cookieOf(request.headers, cookieName(port)))) {
      return refuse(
        response,
        401,
        'Open the address that the host printed: it has a ticket in it.',
        'a visitor without a session',
      )
    }
    for (const [name, value] of Object.entries(pageHeaders(port))) response.setHeader(name, value)
    if (isPagePath(url.pathname)) return void servePageFile(response)
    files(request, response, () => refuse(response, 404, 'There is no such page.', `path ${url.pathname}`))
  }
  const servePageFile = async (response: ServerResponse) => {
    try {
      const html = await readFile(path.join(options.pages, 'index.html'), 'utf8')
      const page = withTheme(html, await options.theme())
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }).end(page)
    } catch (error) {
      refuse(response, 500, 'The page cannot be read.', `the page: ${String(error)}`)
    }
  }
  const upgrade = (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const why = !isOwnHost(request.headers.host, port)
      ? `a WebSocket for host ${request.headers.host}`
      : !isOwnOrigin(request.headers.origin, port)
        ? `a WebSocket from ${request.headers.origin ?? 'no page'}`
        : !tickets.isSession(cookieOf(request.headers, cookieName(port)))
          ? 'a WebSocket without a session'
          : undefined
    if (why !== undefined) {
      log(`browser door: refused ${why}`)
      return void stream.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
    }
    sockets.handleUpgrade(request, stream, head, (socket) => servePage(socket, dispatch, events, log))
  }

  const server = createServer(answer)
  server.on('upgrade', upgrade)
  port = await listen(server, options.port)
  return {
    port,
    isInUse: () => sockets.clients.size > 0 || tickets.isSomebodyExpected(),
    address: () => `http://127.0.0.1:${port}/?ticket=${tickets.issue()}`,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets.clients) socket.terminate()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const busy = error.code === 'EADDRINUSE'
      reject(
        new AppError(
          busy ? 'PORT_IN_USE' : 'INTERNAL',
          `Could not open the browser door on port ${port}: ${error.message}`,
          { details: { port }, cause: error },
        ),
      )
    })
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
}
