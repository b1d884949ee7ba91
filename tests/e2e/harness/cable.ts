import { once } from 'node:events'
import { createServer, request } from 'node:http'
import { connect } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** The cable between a browser and the host: an HTTP proxy that can be unplugged. */
export interface Cable {
  /** For the context of the page. */
  readonly proxy: { readonly server: string; readonly bypass: string }
  /** WebSockets that go through it right now. */
  readonly connections: () => number
  /** Cuts what is connected, and lets nothing through until it is plugged in again. */
  readonly unplug: () => void
  readonly plug: () => void
}

export async function layCable(): Promise<Cable> {
  const ends = new Set<Socket>()
  let isPlugged = true
  const server = createServer((asked, answer) => {
    if (!isPlugged) return void answer.destroy()
    const { method, headers } = asked
    // A connection for each: one that was used before may be closing just now, which a real cable has nothing to do with.
    const onward = request(asked.url ?? '', { method, headers, agent: false }, (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers)
      response.pipe(answer)
    })
    onward.on('error', (error) => {
      if (answer.headersSent || !isPlugged) answer.destroy()
      else answer.writeHead(502).end(`The cable: ${error.message}`)
    })
    asked.pipe(onward)
  })
  // A browser tunnels its WebSockets.
  server.on('connect', (asked, socket) => {
    if (!isPlugged) return void socket.destroy()
    const { hostname, port } = new URL(`http://${asked.url}`)
    const onward = connect(Number(port), hostname, () => socket.write('HTTP/1.1 200 Connection established\r\n\r\n'))
    ends.add(onward)
    onward.on('close', () => {
      ends.delete(onward)
      socket.destroy()
    })
    for (const end of [socket, onward]) end.on('error', () => onward.destroy())
    socket.on('close', () => onward.destroy())
    socket.pipe(onward).pipe(socket)
  })
  server.keepAliveTimeout = 0
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const unplug = () => {
    isPlugged = false
    for (const end of ends) end.destroy()
  }
  onTestFinished(() => {
    unplug()
    server.closeAllConnections()
    server.close()
  })
  return {
    proxy: { server: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, bypass: '<-loopback>' },
    connections: () => ends.size,
    unplug,
    plug: () => void (isPlugged = true),
  }
}
