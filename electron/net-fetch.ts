import type { Readable } from 'node:stream'
import { net } from 'electron'
import type { ClientRequest, IncomingMessage } from 'electron'
import { everyByte, FetchError } from '../core/index.ts'
import type { Fetch, FetchOptions, FetchResponse } from '../core/index.ts'
import { isSafeRedirect, nodeErrorCode } from './policy/net-errors.ts'

/** A release page needs one or two. */
const maxRedirects = 5

/** Downloads over Chromium's network, which knows the system's proxies (PAC files among them) and certificates. */
export const netFetch: Fetch = (url, options) =>
  new Promise((resolve, reject) => {
    const { method = 'GET', headers } = options
    const request = net.request({
      method,
      url,
      headers: { ...headers },
      redirect: 'manual',
      credentials: 'omit',
      // What is downloaded is kept where it belongs, and not a second time.
      cache: 'no-store',
      priority: 'medium',
    })
    const fail = (error: FetchError) => {
      settle()
      request.abort()
      reject(error)
    }
    const settle = limits(options, fail)
    let address = url
    let hops = 0
    request.on('redirect', (_status, _method, target) => {
      hops += 1
      if (hops > maxRedirects)
        return fail(new FetchError('ERR_TOO_MANY_REDIRECTS', `${url} redirects more than ${maxRedirects} times`))
      if (!isSafeRedirect(target))
        return fail(new FetchError('ERR_UNSAFE_REDIRECT', `${address} redirects to ${target}`))
      address = target
      request.followRedirect()
    })
    // A proxy that wants a password gets none: its 407 is told as what it is.
    request.on('login', (_proxy, answer) => answer())
    request.on('response', (response) => {
      settle()
      resolve(asFetched(request, response, address, options.signal))
    })
    request.on('error', (error) => fail(new FetchError(nodeErrorCode(error.message), error.message)))
    request.end()
  })

/** Ends the request when the caller does, or when there is no connection in time. @returns the way to stop watching. */
function limits(options: FetchOptions, fail: (error: FetchError) => void): () => void {
  const { connectTimeoutMs, signal } = options
  const abort = () => fail(new FetchError('ABORT_ERR', 'The request was cancelled'))
  const timer = setTimeout(
    () => fail(new FetchError('ETIMEDOUT', `No connection within ${connectTimeoutMs} ms`)),
    connectTimeoutMs,
  )
  signal.addEventListener('abort', abort, { once: true })
  return () => {
    clearTimeout(timer)
    signal.removeEventListener('abort', abort)
  }
}

function asFetched(request: ClientRequest, response: IncomingMessage, url: string, signal: AbortSignal): FetchResponse {
  // A Readable, as in Node; electron.d.ts knows its events only.
  const stream = response as unknown as Readable
  const close = () => {
    request.abort()
    stream.destroy()
  }
  signal.addEventListener('abort', close, { once: true })
  stream.once('close', () => signal.removeEventListener('abort', close))
  return {
    status: response.statusCode,
    url,
    header: (name) => {
      const value = response.headers[name.toLowerCase()]
      return Array.isArray(value) ? value.join(', ') : value
    },
    body: everyByte(stream),
    close,
  }
}
