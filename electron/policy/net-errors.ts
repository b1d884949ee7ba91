/** Chromium's names → those of Node, which core knows how to act on. Source: Chromium, net/base/net_error_list.h. */
const known: readonly (readonly [pattern: RegExp, code: string])[] = [
  [/NAME_NOT_RESOLVED|NAME_RESOLUTION_FAILED|DNS_/u, 'ENOTFOUND'],
  [/CONNECTION_REFUSED/u, 'ECONNREFUSED'],
  [/INTERNET_DISCONNECTED|ADDRESS_UNREACHABLE|NETWORK_ACCESS_DENIED/u, 'ENETUNREACH'],
  [/TIMED_OUT/u, 'ETIMEDOUT'],
  [/PROXY|TUNNEL|SOCKS/u, 'ERR_PROXY_CONNECTION_FAILED'],
  [/CERT_COMMON_NAME_INVALID/u, 'HOSTNAME_MISMATCH'],
  [/CERT_DATE_INVALID/u, 'CERT_HAS_EXPIRED'],
  [/CERT_AUTHORITY_INVALID/u, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
  [/CERT/u, 'CERT_INVALID'],
  [/SSL|TLS/u, 'ERR_SSL_PROTOCOL'],
  [/CONNECTION_(RESET|CLOSED|ABORTED)|EMPTY_RESPONSE|NETWORK_CHANGED|CONTENT_LENGTH_MISMATCH/u, 'ECONNRESET'],
]

/** The code for a failure of Electron's network, from its message such as `net::ERR_CONNECTION_REFUSED`. */
export function nodeErrorCode(message: string): string {
  const [, name] = /net::ERR_([A-Z0-9_]+)/u.exec(message) ?? []
  if (name === undefined) return 'EIO'
  return known.find(([pattern]) => pattern.test(name))?.[1] ?? `ERR_${name}`
}

/** Where a redirect may lead: never from TLS to plain text, except on this machine. */
export function isSafeRedirect(target: string): boolean {
  if (!URL.canParse(target)) return false
  const { protocol, hostname } = new URL(target)
  return protocol === 'https:' || (protocol === 'http:' && /^(127\.0\.0\.1|localhost|\[::1\])$/u.test(hostname))
}
