import { asProxyAddress, noSystemProxy } from './system-proxy.ts'
import type { SystemProxy } from './system-proxy.ts'

/** The key of the user's internet settings. */
export const windowsKey = String.raw`HKCU\Software\Microsoft\Windows\CurrentVersion\Internet Settings`

/**
 * Reads the output of `reg query` on that key. `ProxyServer` is `host:port`, or a list `http=host:port;https=host:port;socks=…`;
 * `ProxyOverride` a list with `;`, in which `<local>` means names without a dot.
 */
export function parseWindowsProxy(text: string): SystemProxy {
  const values = new Map<string, string>()
  for (const line of text.split(/\r?\n/u)) {
    const [, name, value] = /^\s{2,}(\S.*?)\s{2,}REG_(?:SZ|EXPAND_SZ|DWORD)\s*(.*?)\s*$/u.exec(line) ?? []
    if (name !== undefined && value !== undefined) values.set(name.toLowerCase(), value)
  }
  const script = values.get('autoconfigurl') || undefined
  const isOn = Number(values.get('proxyenable') ?? 0) === 1
  const server = values.get('proxyserver') ?? ''
  if (!isOn || server === '') return { ...noSystemProxy, script }
  const byScheme = new Map(
    server
      .split(/[;\s]+/u)
      .filter(Boolean)
      .map((part) => {
        const [, scheme, address] = /^(https?|ftp|socks)=(.*)$/iu.exec(part) ?? []
        return scheme === undefined ? (['all', part] as const) : ([scheme.toLowerCase(), address ?? ''] as const)
      }),
  )
  const of = (scheme: string) => {
    const found = byScheme.get(scheme) ?? byScheme.get('all')
    return found ? asProxyAddress(found) : undefined
  }
  const noProxy = (values.get('proxyoverride') ?? '')
    .split(/[;,\s]+/u)
    .map((entry) => entry.replace(/^https?:\/\//iu, ''))
    .filter((entry) => entry !== '' && entry !== '<-loopback>')
  return { https: of('https'), http: of('http'), noProxy, script, hasSocks: byScheme.has('socks') }
}
