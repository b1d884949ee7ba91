import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { onTestFinished } from 'vitest'

export interface PackageIndex {
  readonly origin: string
  /** The address of its `simple` page. */
  readonly url: string
  /** Paths asked for so far. */
  readonly asked: readonly string[]
}

export interface IndexOptions {
  /** What it claims about every file, instead of the truth. */
  readonly sha256?: string
  /** Answers everything with this instead. */
  readonly status?: number
  /** Tells which files there are, and sends none of them. */
  readonly isStalled?: boolean
  /** As a proxy: wants a password before it opens a tunnel. */
  readonly refuseTunnels?: boolean
}

/** A package index (PEP 503) over a folder of wheels, until the end of the test. */
export async function serveIndex(folder: string, options: IndexOptions = {}): Promise<PackageIndex> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    const [, kind, name = ''] = /^\/(simple|files)\/([^/]+)/u.exec(decodeURIComponent(request.url ?? '')) ?? []
    if (options.status !== undefined) response.writeHead(options.status).end()
    else if (kind === 'files' && options.isStalled) return
    else if (kind === 'files') response.end(readFileSync(path.join(folder, name)))
    else if (kind === 'simple') response.setHeader('content-type', 'text/html').end(page(folder, name, options.sha256))
    else response.writeHead(404).end()
  })
  server.on('connect', (_request, socket) => {
    socket.end(`HTTP/1.1 ${options.refuseTunnels ? '407 Proxy Authentication Required' : '502 Bad Gateway'}\r\n\r\n`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { origin, url: `${origin}/simple`, asked }
}

function page(folder: string, name: string, sha256: string | undefined): string {
  const files = readdirSync(folder).filter((file) => file.toLowerCase().startsWith(`${name.replaceAll('-', '_')}-`))
  const links = files.map((file) => {
    const hash =
      sha256 ??
      createHash('sha256')
        .update(readFileSync(path.join(folder, file)))
        .digest('hex')
    return `<a href="/files/${encodeURIComponent(file)}#sha256=${hash}">${file}</a>`
  })
  return `<!DOCTYPE html><html><body>${links.join('<br>')}</body></html>`
}
