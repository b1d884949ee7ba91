import { asProxyAddress } from './system-proxy.ts'
import type { SystemProxy } from './system-proxy.ts'

/** Reads the output of `scutil --proxy`: `HTTPSEnable : 1`, and `ExceptionsList : <array> { 0 : *.local … }`. */
export function parseMacProxy(text: string): SystemProxy {
  const values = new Map<string, string>()
  const exceptions: string[] = []
  let isInList = false
  for (const line of text.split(/\r?\n/u)) {
    if (/^\s*\}/u.test(line)) isInList = false
    const [, name, value] = /^\s*(\S+) : (.*?)\s*$/u.exec(line) ?? []
    if (name === undefined || value === undefined) continue
    if (value.startsWith('<array>')) isInList = name === 'ExceptionsList'
    else if (isInList) exceptions.push(value)
    else values.set(name, value)
  }
  const of = (scheme: string) => {
    const host = values.get(`${scheme}Proxy`)
    if (values.get(`${scheme}Enable`) !== '1' || !host) return undefined
    const port = values.get(`${scheme}Port`)
    const name = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host
    return asProxyAddress(port ? `${name}:${port}` : name)
  }
  const script = values.get('ProxyAutoConfigURLString')
  return {
    https: of('HTTPS'),
    http: of('HTTP'),
    noProxy: [...exceptions, ...(values.get('ExcludeSimpleHostnames') === '1' ? ['<local>'] : [])],
    script: values.get('ProxyAutoConfigEnable') === '1' && script ? script : undefined,
    hasSocks: values.get('SOCKSEnable') === '1',
  }
}
