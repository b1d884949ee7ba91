import { posix, win32 } from 'node:path'
import { findEndpoint, readEndpoint } from './endpoints.ts'
import type { Endpoint, EndpointSearch } from './endpoints.ts'
import { BackendError } from '../errors.ts'
import type { HttpTarget } from '../http/transport.ts'
import type { PipeTarget } from '../pipe/transport.ts'
import type { RpcTarget } from '../rpc/target.ts'

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
  const search = await findEndpoint(access.home, (candidate) =>
    isSameServer(candidate.url === undefined ? undefined : readUrl(candidate.url), address),
  )
  return { ...address, ...foundToken(search, url, access) }
}

export function rpcTarget(endpoint: Endpoint, access: Access): RpcTarget {
  if (endpoint.address === undefined) throw otherDoor(endpoint, 'rpc')
  return { address: endpoint.address, token: access.token ?? endpoint.token }
}

export async function locateRpc(address: string, access: Access): Promise<RpcTarget> {
  const asked = parseAddress(address)
  const target = { address: `${asked.host.includes(':') ? `[${asked.host}]` : asked.host}:${asked.port}` }
  if (access.token !== undefined) return { ...target, token: access.token }
  const search = await findEndpoint(access.home, ({ address: known }) => isSameServer(readAddress(known), asked))
  return { ...target, ...foundToken(search, address, access) }
}

/** @throws BackendError BAD_REQUEST for anything but a host and a port, with `http://` before it or not. */
export function parseAddress(address: string): ServerAddress {
  const parsed = readAddress(address)
  if (parsed !== undefined) return parsed
  throw new BackendError('BAD_REQUEST', `"${address}" is no address of a server.`, {
    hint: 'It looks like 127.0.0.1:50051; servers are reached on this machine, without TLS.',
  })
}

function readAddress(address: string | undefined): ServerAddress | undefined {
  const url = address?.includes('://') === true ? address : `http://${address ?? ''}`
  const parsed = readUrl(url)
  return parsed?.basePath === '' && /:\d+\/?$/.test(url) ? parsed : undefined
}

/** The token that a search has found, or why there is none, for the error that may follow from that. */
function foundToken(
  { endpoint, unusable }: EndpointSearch,
  asked: string,
  access: Access,
): { readonly token: string | undefined; readonly tokenHint?: string } {
  if (endpoint !== undefined) return { token: endpoint.token }
  const unreadable = unusable.length === 0 ? '' : ` Unusable: ${unusable.join('; ')}.`
  const tokenHint = `No token for ${asked} in ${access.home}; pass options.token, or options.home.${unreadable}`
  return { token: undefined, tokenHint }
}

interface ServerAddress {
  readonly host: string
  readonly port: number
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
function isSameServer(known: ServerAddress | undefined, asked: ServerAddress): boolean {
  if (known === undefined || known.port !== asked.port) return false
  return known.host === asked.host || (loopback.includes(known.host) && loopback.includes(asked.host))
}

function otherDoor(endpoint: Endpoint, asked: string): BackendError {
  return new BackendError(
    'UNSUPPORTED_TRANSPORT',
    `The server "${endpoint.name}" is reached over ${endpoint.transport}, not over ${asked}.`,
    { hint: `Use connect("${endpoint.name}").` },
  )
}
