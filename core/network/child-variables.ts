import { noProxyVariable } from './proxy/no-proxy.ts'
import { variable } from './proxy/plan.ts'
import type { ProxyPlan } from './proxy/plan.ts'

/** Undefined takes a variable away. */
export type Variables = Readonly<Record<string, string | undefined>>

/**
 * The proxy as programs take it: `https_proxy` in small letters and in capitals, since each program reads another of them. A
 * proxy of the environment stays as it is. `off` is said with NO_PROXY=*, or Python would go and ask the operating system.
 * Loopback is always left out.
 */
export function proxyVariables(plan: ProxyPlan, env: NodeJS.ProcessEnv): Variables {
  const both = (name: string, value: string | undefined) => ({ [name]: value, [name.toLowerCase()]: value })
  if (plan.mode === 'off')
    return {
      ...both('HTTPS_PROXY', undefined),
      ...both('HTTP_PROXY', undefined),
      ...both('ALL_PROXY', undefined),
      ...both('NO_PROXY', '*'),
    }
  const hasOwn = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY'].some((name) => variable(env, name) !== undefined)
  const isNone = plan.https === undefined && plan.http === undefined
  if (isNone && !(plan.origin === 'environment' && hasOwn)) return {}
  const noProxy = both('NO_PROXY', plan.noProxy.includes('*') ? '*' : noProxyVariable(plan.noProxy))
  if (plan.origin === 'environment') return noProxy
  return {
    ...both('HTTPS_PROXY', plan.https),
    ...both('HTTP_PROXY', plan.http),
    ...both('ALL_PROXY', undefined),
    ...noProxy,
  }
}

/**
 * Certificates as pip and uv take them: one file, which stands in for their own. With a file of the settings, they are told
 * outright; else only where nobody has told them otherwise (`weak`), so that uv, too, knows the operating system's.
 */
export function certificateVariables(
  bundle: string,
  hasExtra: boolean,
): { readonly strong: Variables; readonly weak: Variables } {
  const names = { SSL_CERT_FILE: bundle, REQUESTS_CA_BUNDLE: bundle }
  return hasExtra
    ? { strong: { ...names, CURL_CA_BUNDLE: bundle, PIP_CERT: bundle, SSL_CERT_DIR: undefined }, weak: {} }
    : { strong: {}, weak: names }
}

/** Which names say already where certificates come from; then the weak ones keep silent. */
const toldBy: Readonly<Record<string, readonly string[]>> = {
  SSL_CERT_FILE: ['SSL_CERT_FILE', 'SSL_CERT_DIR', 'UV_SYSTEM_CERTS', 'UV_NATIVE_TLS'],
  REQUESTS_CA_BUNDLE: ['REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE', 'PIP_CERT'],
}

export function withWeak(env: Readonly<Record<string, string>>, weak: Variables): Record<string, string> {
  const result = { ...env }
  for (const [name, value] of Object.entries(weak))
    if (value !== undefined && !(toldBy[name] ?? [name]).some((one) => env[one])) result[name] = value
  return result
}

/** The index of the settings, in the words of both. What else says where the usual index is would contradict. */
export function indexVariables(address: string | null): Variables {
  return address === null ? {} : { PIP_INDEX_URL: address, UV_DEFAULT_INDEX: address, UV_INDEX_URL: undefined }
}
