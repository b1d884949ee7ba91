/**
 * The socket of a D-Bus address list (`unix:path=/run/user/1000/bus,guid=…;…`) that Node can connect to; an abstract one begins with
 * a zero byte. Undefined when there is none. Source: D-Bus specification, "Server Addresses".
 */
export function busSocket(addresses: string | undefined): string | undefined {
  for (const address of addresses?.split(';') ?? []) {
    if (!address.startsWith('unix:')) continue
    const keys = new Map(
      address
        .slice('unix:'.length)
        .split(',')
        .map((pair) => pair.split('=', 2) as [string, string | undefined]),
    )
    const path = unescaped(keys.get('path'))
    if (path) return path
    const abstract = unescaped(keys.get('abstract'))
    if (abstract) return `\0${abstract}`
  }
  return undefined
}

function unescaped(value: string | undefined): string | undefined {
  try {
    return value === undefined ? undefined : decodeURIComponent(value)
  } catch {
    return undefined
  }
}
