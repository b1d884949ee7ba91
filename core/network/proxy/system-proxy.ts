/** What an operating system, or a desktop, says about proxies. */
export interface SystemProxy {
  /** Addresses, for https: and for http:. */
  readonly https: string | undefined
  readonly http: string | undefined
  readonly noProxy: readonly string[]
  /** A script (PAC) that decides for each address; only a browser's network can run it. */
  readonly script: string | undefined
  readonly hasSocks: boolean
}

export const noSystemProxy: SystemProxy = {
  https: undefined,
  http: undefined,
  noProxy: [],
  script: undefined,
  hasSocks: false,
}

/** `host:port` as an address. Systems name a proxy without a scheme, and mean one that is spoken to in plain HTTP. */
export function asProxyAddress(text: string): string | undefined {
  const address = /^[a-z][a-z\d+.-]*:\/\//iu.test(text) ? text : `http://${text}`
  return URL.canParse(address) && /^https?:/iu.test(address) ? address.replace(/\/+$/u, '') : undefined
}
