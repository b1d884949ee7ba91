import { BlockList, isIP } from 'node:net'
import { isLoopback } from '../../../contract/index.ts'

/**
 * True if a host is asked without a proxy. The entries are what curl, pip and uv understand in NO_PROXY, and besides what
 * Windows and macOS have in their lists:
 * - `*`; `example.com`, which covers what stands below it, as `.example.com` and `*.example.com` do; each with a `:port`
 * - addresses, networks (`10.0.0.0/8`, also short: `169.254/16`), `10.*`; IPv6 with or without brackets
 * - `<local>`: names without a dot; any other wildcard
 * This machine itself is always asked directly.
 */
export function goesWithoutProxy(url: URL, entries: readonly string[]): boolean {
  const host = url.hostname.toLowerCase().replace(/\.$/u, '')
  if (isLoopback(host) || host.endsWith('.localhost')) return true
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  return entries.some((entry) => covers(entry.trim().toLowerCase(), host, port))
}

function covers(entry: string, host: string, port: string): boolean {
  if (entry === '') return false
  if (entry === '*') return true
  const bare = host.replace(/^\[|\]$/gu, '')
  if (entry === '<local>') return isIP(bare) === 0 && !host.includes('.')
  if (entry.includes('/')) return isIP(bare) !== 0 && inNetwork(bare, entry)
  const { name, wanted } = withPort(entry)
  if (wanted !== undefined && wanted !== port) return false
  if (isIP(bare) !== 0) return sameAddress(bare, name)
  const domain = name.replace(/^\*?\./u, '').replace(/\.$/u, '')
  if (domain.includes('*')) return wildcard(name).test(host)
  return host === domain || host.endsWith(`.${domain}`)
}

/** `name:8080` has a port, `fe80::1` has none. */
function withPort(entry: string): { readonly name: string; readonly wanted: string | undefined } {
  const [, name, port] = /^(\[[^\]]*\]|[^:]*):(\d+)$/u.exec(entry) ?? []
  return name === undefined ? { name: entry, wanted: undefined } : { name, wanted: port }
}

function sameAddress(address: string, text: string): boolean {
  const name = text.replace(/^\[|\]$/gu, '')
  if (name.includes('*')) return isIP(address) === 4 && wildcard(name).test(address)
  if (isIP(name) !== isIP(address)) return false
  const list = new BlockList()
  list.addAddress(name, isIP(name) === 6 ? 'ipv6' : 'ipv4')
  return list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}

function inNetwork(address: string, entry: string): boolean {
  const [, text = '', bits = ''] = /^\[?([^\]/]+)\]?\/(\d+)$/u.exec(entry) ?? []
  // macOS writes 169.254/16.
  const missing = text.includes(':') ? 0 : 4 - text.split('.').length
  const network = text + '.0'.repeat(Math.max(0, missing))
  const family = isIP(network)
  if (family === 0 || family !== isIP(address) || Number(bits) > (family === 6 ? 128 : 32)) return false
  const list = new BlockList()
  list.addSubnet(network, Number(bits), family === 6 ? 'ipv6' : 'ipv4')
  return list.check(address, family === 6 ? 'ipv6' : 'ipv4')
}

function wildcard(text: string): RegExp {
  const parts = text.split('*').map((part) => part.replaceAll(/[$()+./?[\\\]^{|}]/gu, String.raw`\$&`))
  return new RegExp(`^${parts.join('.*')}$`, 'u')
}

/** The same list for pip and uv, as far as they can be told: in what NO_PROXY knows, with this machine itself in front. */
export function noProxyVariable(entries: readonly string[]): string {
  const told = entries.flatMap((entry) => {
    if (entry === '<local>') return []
    const [, start] = /^((?:\d{1,3}\.){1,3})\*$/u.exec(entry) ?? []
    if (start !== undefined) {
      const given = start.split('.').length - 1
      return [`${start}${Array.from({ length: 4 - given }, () => '0').join('.')}/${given * 8}`]
    }
    const [, short, bits] = /^(\d{1,3}(?:\.\d{1,3}){0,2})\/(\d+)$/u.exec(entry) ?? []
    if (short !== undefined) return [`${short}${'.0'.repeat(4 - short.split('.').length)}/${bits}`]
    return [entry.replace(/^\*\./u, '.')]
  })
  return [...new Set(['localhost', '127.0.0.1', '::1', ...told])].join(',')
}
