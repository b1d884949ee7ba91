import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { request } from '../../network/index.ts'
import type { Network } from '../../network/index.ts'
import { hasErrno } from '../../storage/index.ts'
import { isLoopback } from '../mirror.ts'
import { everyByte } from './body.ts'
import { FetchError } from './fetch.ts'
import type { Fetch, FetchOptions, FetchResponse } from './fetch.ts'

const redirects = [301, 302, 303, 307, 308]
/** A release page needs one or two. */
const maxRedirects = 5

/** Plain Node as the network: https:, http:, and file: beside them. Proxy and certificates are what `route` says. */
export function createNodeFetch(route: Network['route']): Fetch {
  return async (url, options) => {
    let target = new URL(url)
    for (let hop = 0; hop <= maxRedirects; hop += 1) {
      if (target.protocol === 'file:') return fetchFile(target)
      const response = await ask(target, options, route)
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

async function ask(target: URL, options: FetchOptions, route: Network['route']): Promise<FetchResponse> {
  const { method = 'GET', headers, signal, connectTimeoutMs: timeoutMs } = options
  const { incoming, close } = await request(target, { ...(await route(target)), method, headers, signal, timeoutMs })
  return {
    status: incoming.statusCode ?? 0,
    url: target.href,
    header: (name) => {
      const value = incoming.headers[name.toLowerCase()]
      return Array.isArray(value) ? value.join(', ') : value
    },
    body: everyByte(incoming),
    close,
  }
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
