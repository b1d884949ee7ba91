import { once } from 'node:events'
import { createHash } from 'node:crypto'
import { createReadStream, existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import net from 'node:net'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { makeCertificate } from '../../tools/certificates.ts'
import type { Certificate } from '../../tools/certificates.ts'

export interface Proxy {
  readonly url: string
  /** What it was asked to connect to, `host:port`. */
  readonly asked: readonly string[]
  /** From now on it wants this, `name:password`; undefined: nothing. */
  readonly wants: (credentials: string | undefined) => void
  /** From now on it answers tunnels so; undefined: it opens them. */
  readonly answers: (status: number | undefined) => void
}

/** A proxy that opens tunnels (CONNECT) to the hosts that it is given, wherever they really are, and to nobody else. */
export async function startProxy(hosts: Readonly<Record<string, number>>): Promise<Proxy> {
  const asked: string[] = []
  let wanted: string | undefined
  let status: number | undefined
  const server = http.createServer((_request, response) => response.writeHead(400).end())
  const sockets = new Set<net.Socket>()
  server.on('connect', (request, socket: net.Socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    asked.push(request.url ?? '')
    const given = Buffer.from((request.headers['proxy-authorization'] ?? '').slice(6), 'base64').toString()
    if (wanted !== undefined && given !== wanted) {
      socket.end(
        'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="company"\r\nContent-Length: 0\r\n\r\n',
      )
      return
    }
    const port = hosts[(request.url ?? '').replace(/:\d+$/u, '')]
    if (status !== undefined || port === undefined) {
      socket.end(`HTTP/1.1 ${status ?? 502} No\r\nContent-Length: 0\r\n\r\n`)
      return
    }
    const behind = net.connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      behind.pipe(socket)
      socket.pipe(behind)
    })
    behind.on('error', () => socket.destroy())
    socket.on('close', () => behind.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.closeAllConnections()
    server.close()
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    wants: (credentials) => (wanted = credentials),
    answers: (answer) => (status = answer),
  }
}

export interface Company {
  /** What its hosts are signed with. */
  readonly authority: Certificate
  readonly authorityFile: string
  readonly proxy: Proxy
  readonly mirror: string
  readonly index: string
}

/** A company's network: hosts that only its proxy knows, with certificates of its own authority. */
export async function startCompany(folders: {
  readonly scratch: string
  readonly pythons: string
  readonly wheels: string
}): Promise<Company> {
  const authority = makeCertificate({ name: 'Company Root' })
  const [mirrorHost, indexHost] = ['pythons.company.test', 'packages.company.test']
  const mirrorPort = await serve(authority, mirrorHost, (request, response) => {
    const file = path.join(folders.pythons, decodeURIComponent(new URL(request.url ?? '/', 'https://x').pathname))
    if (!existsSync(file) || !statSync(file).isFile()) return void response.writeHead(404).end()
    response.writeHead(200, { 'content-type': 'application/gzip', 'content-length': statSync(file).size })
    createReadStream(file).pipe(response)
  })
  const indexPort = await serve(authority, indexHost, (request, response) => {
    const [, kind, name = ''] = /^\/(simple|files)\/([^/]*)/u.exec(decodeURIComponent(request.url ?? '')) ?? []
    if (kind === 'files') return void response.end(readFileSync(path.join(folders.wheels, name)))
    const files = readdirSync(folders.wheels).filter((file) => file.startsWith(`${name.replaceAll('-', '_')}-`))
    if (kind !== 'simple' || (name !== '' && files.length === 0)) return void response.writeHead(404).end()
    const links = files.map((file) => {
      const hash = createHash('sha256')
        .update(readFileSync(path.join(folders.wheels, file)))
        .digest('hex')
      return `<a href="/files/${encodeURIComponent(file)}#sha256=${hash}">${file}</a>`
    })
    response.setHeader('content-type', 'text/html').end(`<!DOCTYPE html><html><body>${links.join('')}</body></html>`)
  })
  const authorityFile = path.join(folders.scratch, 'company root.pem')
  writeFileSync(authorityFile, authority.pem)
  return {
    authority,
    authorityFile,
    proxy: await startProxy({ [mirrorHost]: mirrorPort, [indexHost]: indexPort }),
    mirror: `https://${mirrorHost}`,
    index: `https://${indexHost}/simple`,
  }
}

/** @returns the port of a TLS server with a certificate for that host. */
export async function serve(
  issuer: Certificate,
  host: string,
  handle: http.RequestListener,
  change: { validFrom?: Date; validTo?: Date } = {},
): Promise<number> {
  const { pem, keyPem } = makeCertificate({ name: host, hosts: [host], issuer, ...change })
  const server = https.createServer({ cert: pem, key: keyPem }, handle)
  server.on('tlsClientError', () => {})
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port
}
