import { withCredentials } from '../../../contract/index.ts'
import { asProxyAddress, noSystemProxy } from './system-proxy.ts'
import type { SystemProxy } from './system-proxy.ts'

/**
 * Reads the output of `gsettings list-recursively org.gnome.system.proxy`, which other desktops keep their choice in, too:
 * `org.gnome.system.proxy.https host 'proxy.example'`.
 */
export function parseGnomeProxy(text: string): SystemProxy {
  const values = new Map<string, string>()
  for (const line of text.split(/\r?\n/u)) {
    const [, schema, key, value] = /^org\.gnome\.system\.proxy(\.\w+)? (\S+) (.*)$/u.exec(line) ?? []
    if (key !== undefined) values.set(`${(schema ?? '').slice(1)} ${key}`, value ?? '')
  }
  const word = (key: string) => /^'(.*)'$/u.exec(values.get(key) ?? '')?.[1] ?? ''
  const mode = word(' mode')
  if (mode === 'auto')
    return { ...noSystemProxy, script: word(' autoconfig-url') || 'found by the network itself (WPAD)' }
  if (mode !== 'manual') return noSystemProxy
  const of = (scheme: string) => {
    const [host, port] = [word(`${scheme} host`), Number(values.get(`${scheme} port`) ?? 0)]
    return host === '' ? undefined : asProxyAddress(port > 0 ? `${host}:${port}` : host)
  }
  const http = of('http')
  const user = values.get('http use-authentication') === 'true' ? word('http authentication-user') : ''
  const password = word('http authentication-password')
  const signIn = (address: string | undefined) =>
    address && user
      ? withCredentials(address, [user, password].filter(Boolean).map(encodeURIComponent).join(':'))
      : address
  // One proxy for all, or for https: none of its own: then that of http:.
  const isForAll = values.get(' use-same-proxy') === 'true'
  return {
    http: signIn(http),
    https: signIn((isForAll ? http : undefined) ?? of('https') ?? http),
    noProxy: [...(values.get(' ignore-hosts') ?? '').matchAll(/'([^']*)'/gu)].map(([, entry = '']) => entry),
    script: undefined,
    hasSocks: word('socks host') !== '',
  }
}
