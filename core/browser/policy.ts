import type { IncomingHttpHeaders } from 'node:http'

/** The cookie's name carries the port: cookies know hosts only, and two hosts on one machine must not share one. */
export const cookieName = (port: number): string => `beep-python-${port}`

const loopbackNames = ['127.0.0.1', 'localhost', '[::1]']

/** True when the request was made to this very door: a foreign name that was made to point here (DNS rebinding) is refused. */
export function isOwnHost(host: string | undefined, port: number): boolean {
  return loopbackNames.some((name) => host?.toLowerCase() === `${name}:${port}`)
}

/** True for a page that this door served. A request that changes something, and a WebSocket, must come from one. */
export function isOwnOrigin(origin: string | undefined, port: number): boolean {
  return loopbackNames.some((name) => origin?.toLowerCase() === `http://${name}:${port}`)
}

/** Undefined when there is no such cookie. */
export function cookieOf(headers: IncomingHttpHeaders, name: string): string | undefined {
  for (const part of headers.cookie?.split(';') ?? []) {
    const [key, value] = part.trim().split('=')
    if (key === name) return value
  }
  return undefined
}

/** Strict: not sent from any other site. No Secure, since loopback has no TLS. */
export function sessionCookie(name: string, session: string): string {
  return `${name}=${session}; Path=/; HttpOnly; SameSite=Strict`
}

/**
 * What a page may do: run and fetch its own files, and talk to its own door. Styles are set inline by the component library.
 */
export function pageHeaders(port: number): Readonly<Record<string, string>> {
  // An IPv6 literal is no valid source in a policy (CSP3, host-source); 'self' covers a page that was opened by one.
  const sockets = ['127.0.0.1', 'localhost'].map((name) => `ws://${name}:${port}`).join(' ')
  return {
    'content-security-policy': [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data: blob:",
      "font-src 'self' data:",
      `connect-src 'self' ${sockets}`,
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  }
}
