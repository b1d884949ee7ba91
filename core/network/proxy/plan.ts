import { withCredentials } from '../../../contract/index.ts'
import type { NetworkOrigin, Settings } from '../../../contract/index.ts'
import { goesWithoutProxy } from './no-proxy.ts'
import type { SystemProxy } from './system-proxy.ts'

/** Which proxy is asked, and whose choice that is. Addresses with their passwords: not for showing. */
export interface ProxyPlan {
  readonly mode: Settings['proxy']
  readonly origin: NetworkOrigin
  readonly https: string | undefined
  readonly http: string | undefined
  readonly noProxy: readonly string[]
  /** A script of the operating system, where nothing else goes before it. */
  readonly script: string | undefined
  /** What cannot be followed, in words. */
  readonly notes: readonly string[]
}

/** Of these, those in small letters go before those in capitals, as with curl, pip and uv. */
export function variable(env: NodeJS.ProcessEnv, name: string): string | undefined {
  return env[name.toLowerCase()] || env[name.toUpperCase()] || undefined
}

/** The settings first; then the environment, as every program here has it; then the operating system. */
export function planProxy(
  settings: Pick<Settings, 'proxy' | 'proxyUrl' | 'noProxy'>,
  credentials: ReadonlyMap<string, string>,
  env: NodeJS.ProcessEnv,
  system: SystemProxy,
): ProxyPlan {
  const { proxy: mode, proxyUrl, noProxy } = settings
  const nothing = { mode, https: undefined, http: undefined, noProxy: [...noProxy], script: undefined, notes: [] }
  if (mode === 'off') return { ...nothing, origin: 'setting' }
  if (mode === 'manual') {
    if (proxyUrl === null)
      return {
        ...nothing,
        origin: 'setting',
        notes: ['The settings want a proxy of their own, and name none (proxyUrl).'],
      }
    const address = withCredentials(proxyUrl, credentials.get(proxyUrl))
    return { ...nothing, origin: 'setting', https: address, http: address }
  }
  const all = variable(env, 'ALL_PROXY')
  const [named, plain] = [variable(env, 'HTTPS_PROXY') ?? all, variable(env, 'HTTP_PROXY') ?? all]
  if (named !== undefined || plain !== undefined) {
    const [https, http] = [usable(named), usable(plain)]
    const listed = (variable(env, 'NO_PROXY') ?? '').split(/[\s,]+/u).filter(Boolean)
    const isLost = (named !== undefined && https === undefined) || (plain !== undefined && http === undefined)
    return {
      mode,
      origin: 'environment',
      https,
      http,
      noProxy: [...new Set([...listed, ...noProxy])],
      script: undefined,
      notes: isLost ? ['A proxy of the environment is no http: proxy; Pythons are downloaded without it.'] : [],
    }
  }
  const isSet = system.https !== undefined || system.http !== undefined
  return {
    mode,
    origin: isSet ? 'system' : 'none',
    https: system.https,
    http: system.http,
    noProxy: [...new Set([...(isSet ? system.noProxy : []), ...noProxy])],
    script: system.script,
    notes: system.hasSocks && !isSet ? ['The system has a SOCKS proxy, which is not used.'] : [],
  }
}

function usable(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const address = /^[a-z][a-z\d+.-]*:\/\//iu.test(text) ? text : `http://${text}`
  return URL.canParse(address) && /^https?:/iu.test(address) ? address : undefined
}

/** The proxy for an address; undefined: it is asked directly. This machine itself always is. */
export function routeOf(plan: ProxyPlan, url: URL): string | undefined {
  const proxy = url.protocol === 'https:' ? plan.https : plan.http
  return proxy === undefined || goesWithoutProxy(url, plan.noProxy) ? undefined : proxy
}
