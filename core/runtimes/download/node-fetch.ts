import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import http from 'node:http'
import https from 'node:https'
import tls from 'node:tls'
import { fileURLToPath } from 'node:url'
import { hasErrno } from '../../storage/index.ts'
import { isLoopback } from '../mirror.ts'
import { everyByte } from './body.ts'
import { FetchError } from './fetch.ts'
import type { Fetch, FetchOptions, FetchResponse } from './fetch.ts'

const redirects = [301, 302, 303, 307, 308]
/** A release page needs one or two. */
const maxRedirects = 5

/** Plain Node as the network: https:, http:, and file: beside them. Proxies are those of the environment. */
export function createNodeFetch(env: NodeJS.ProcessEnv): Fetch {
  return async (url, options) => {
    let target = new URL(url)
    for (let hop = 0; hop <= maxRedirects; hop += 1) {
      if (target.protocol === 'file:') return fetchFile(target)
      const response = await request(target, options, env)
      const location = redirects.includes(response.status) ? response.header('location') : undefined
      if (location === undefined) return response
      response.close()
      const next = new URL(location, target)
      const isSafe = next.protocol === 'https:' || (next.protocol === 'http:' && isLoopback(next.hostname))
      if (!isSafe)
        throw new FetchError('ERR_UNSAFE_REDIRECT', `${target.host} redirects to ${next.protocol}//${next.host}`)
      target = next
    }
    throw new FetchError('ERR_TOO_MANY_REDIRECTS', `${target.host} redirects more than ${maxRedirects} times`)
  }
}

function request(target: URL, options: FetchOptions, env: NodeJS.ProcessEnv): Promise<FetchResponse> {
  const isTls = target.protocol === 'https:'
  const agentOptions = isLoopback(target.hostname) ? {} : { proxyEnv: proxiesOf(env) }
  const agent = isTls ? new https.Agent({ ...agentOptions, ca: certificates() }) : new http.Agent(agentOptions)
  return new Promise((resolve, reject) => {
    const { method = 'GET', headers, signal } = options
    const outgoing = (isTls ? https : http).request(target, { method, agent, headers, signal })
    const timer = setTimeout(() => {
      outgoing.destroy(
        new FetchError('ETIMEDOUT', `No connection to ${target.host} within ${options.connectTimeoutMs} ms`),
      )
    }, options.connectTimeoutMs)
    const connected = () => clearTimeout(timer)
    outgoing.once('socket', (socket) => {
      if (socket.connecting || (isTls && !(socket as tls.TLSSocket).authorized))
        socket.once(isTls ? 'secureConnect' : 'connect', connected)
      else connected()
    })
    outgoing.once('response', (incoming) => {
      connected()
      resolve({
        status: incoming.statusCode ?? 0,
        url: target.href,
        header: (name) => {
          const value = incoming.headers[name.toLowerCase()]
          return Array.isArray(value) ? value.join(', ') : value
        },
        body: everyByte(incoming),
        close: () => {
          incoming.destroy()
          agent.destroy()
        },
      })
    })
    outgoing.on('error', (error) => {
      connected()
      agent.destroy()
      reject(error)
    })
    outgoing.end()
  })
}

/** Node's roots and those of the system, where a company puts its own; read when first needed, for that can take a while. */
let roots: string[] | undefined
function certificates(): string[] {
  roots ??= [...tls.getCACertificates('default'), ...tls.getCACertificates('system')]
  return roots
}

function proxiesOf(env: NodeJS.ProcessEnv): Record<string, string> {
  const value = (name: string) => env[name.toLowerCase()] || env[name]
  const all = value('ALL_PROXY')
  const chosen = {
    HTTPS_PROXY: value('HTTPS_PROXY') ?? all,
    HTTP_PROXY: value('HTTP_PROXY') ?? all,
    NO_PROXY: value('NO_PROXY'),
  }
  return Object.fromEntries(Object.entries(chosen).filter((entry): entry is [string, string] => entry[1] !== undefined))
}

/** A folder as a mirror: the same answers that a server would give. */
async function fetchFile(target: URL): Promise<FetchResponse> {
  const file = fileURLToPath(target)
  const answer = (
    status: number,
    headers: Readonly<Record<string, string>>,
    body: AsyncIterable<Uint8Array>,
    close = () => {},
  ) => ({
    status,
    url: target.href,
    header: (name: string) => headers[name.toLowerCase()],
    body,
    close,
  })
  try {
    const facts = await stat(file)
    if (facts.isFile()) {
      const stream = createReadStream(file)
      stream.on('error', () => {})
      return answer(200, { 'content-length': String(facts.size) }, stream, () => stream.destroy())
    }
  } catch (error) {
    if (!hasErrno(error, 'ENOENT', 'ENOTDIR')) throw error
  }
  return answer(404, {}, (async function* () {})())
}
