import { posix, win32 } from 'node:path'
import { findEndpoint, readEndpoint } from './endpoints.ts'
import type { Endpoint } from './endpoints.ts'
import { BackendError } from './errors.ts'
import type { HttpTarget } from './http-transport.ts'
import type { PipeTarget } from './pipe-transport.ts'

export interface Access {
  readonly home: string
  /** The caller's own token; without it, that of the endpoint file. */
  readonly token: string | undefined
}

/** True for what is used as it is: `/run/x.sock`, `\\.\pipe\x`. Everything else is the name of a server. */
export function isPipePath(nameOrPath: string, platform: NodeJS.Platform = process.platform): boolean {
  if (/^\\\\[.?]\\pipe\\/i.test(nameOrPath)) return true
  return platform === 'win32' ? win32.isAbsolute(nameOrPath) : posix.isAbsolute(nameOrPath)
}

export async function locatePipe(nameOrPath: string, access: Access): Promise<PipeTarget> {
  if (!isPipePath(nameOrPath)) return pipeTarget(await readEndpoint(access.home, nameOrPath), access)
  if (access.token !== undefined) return { path: nameOrPath, token: access.token }
  const { endpoint } = await findEndpoint(access.home, ({ path }) => path === nameOrPath)
  return { path: nameOrPath, token: endpoint?.token }
}

/** @throws BackendError UNSUPPORTED_TRANSPORT when the server of that name has another door. */
export function pipeTarget(endpoint: Endpoint, access: Access): PipeTarget {
  if (endpoint.path === undefined) throw otherDoor(endpoint, 'pipe')
  return { path: endpoint.path, token: access.token ?? endpoint.token }
}

export function httpTarget(endpoint: Endpoint, access: Access): HttpTarget {
  if (endpoint.url === undefined) throw otherDoor(endpoint, 'http')
  return { ...parseUrl(endpoint.url), token: access.token ?? endpoint.token }
}

export async function locateHttp(url: string, access: Access): Promise<HttpTarget> {
  const address = parseUrl(url)
  if (access.token !== undefined) return { ...address, token: access.token }
  const { endpoint, unusable } = await findEndpoint(access.home, (candidate) => isSameServer(candidate.url, address))
  const unreadable = unusable.length === 0 ? '' : ` Unusable: ${unusable.join('; ')}.`
  const tokenHint = `No token for ${url} in ${access.home}; pass options.token, or options.home.${unreadable}`
  return { ...address, token: endpoint?.token, ...(endpoint === undefined ? { tokenHint } : {}) }
}

type HttpAddress = Omit<HttpTarget, 'token'>

/** @throws BackendError BAD_REQUEST for anything but a plain http URL. */
export function parseUrl(url: string): HttpAddress {
  const address = readUrl(url)
  if (address !== undefined) return address
  throw new BackendError('BAD_REQUEST', `"${url}" is no URL of a server.`, {
    hint: 'It looks like http://127.0.0.1:5678; servers are reached on this machine, without TLS.',
  })
}

function readUrl(url: string): HttpAddress | undefined {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (parsed === undefined || parsed.protocol !== 'http:') return undefined
  return {
    host: parsed.hostname.replace(/^\[|\]$/g, ''),
    port: parsed.port === '' ? 80 : Number(parsed.port),
    basePath: parsed.pathname.replace(/\/+$/, ''),
  }
}

const loopback = ['127.0.0.1', '::1', 'localhost']

/** `localhost` and the loopback addresses are one machine; the port makes the server. */
function isSameServer(url: string | undefined, asked: HttpAddress): boolean {
  const known = url === undefined ? undefined : readUrl(url)
  if (known === undefined || known.port !== asked.port) return false
  return known.host === asked.host || (loopback.includes(known.host) && loopback.includes(asked.host))
}

function otherDoor(endpoint: Endpoint, asked: string): BackendError {
  return new BackendError(
    'UNSUPPORTED_TRANSPORT',
    `The server "${endpoint.name}" is reached over ${endpoint.transport}, not over ${asked}.`,
    { hint: endpoint.transport === 'rpc' ? 'Use a gRPC client.' : `Use connect("${endpoint.name}").` },
  )
}
