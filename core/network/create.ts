import { AppError, credentialsIn, withoutCredentials } from '../../contract/index.ts'
import type { Network as NetworkView, NetworkSource, NetworkTestRow } from '../../contract/index.ts'
import { requireCaFiles } from './certificates/ca-file.ts'
import { contextKeeper, gatherTrust, writeBundle } from './certificates/trust.ts'
import { certificateVariables, indexVariables, proxyVariables } from './child-variables.ts'
import { systemAsker } from './proxy/ask-system.ts'
import { planProxy, routeOf } from './proxy/plan.ts'
import { scriptInEffect } from './proxy/script.ts'
import { noSystemProxy } from './proxy/system-proxy.ts'
import { fullAddress } from './index-address.ts'
import { testAddress } from './test-hosts.ts'
import type { Asked } from './test-hosts.ts'
import type { AskedAddress, Network, NetworkDeps } from './types.ts'

/** Hosts asked at the same time. */
const atOnce = 6

export function createNetwork(deps: NetworkDeps): Network {
  const { layout, env, settings } = deps
  const askSystem = systemAsker(env, deps.platform ?? process.platform)
  const contextOf = contextKeeper()
  const plan = async () => {
    const chosen = await settings.get()
    const system = chosen.proxy === 'system' ? await askSystem() : noSystemProxy
    return { chosen, plan: planProxy(chosen, await settings.credentials(), env, system) }
  }
  const sources = async () => {
    const nothing = () => Promise.resolve<readonly AskedAddress[]>([])
    const [pythons, packages] = await Promise.all([
      (deps.pythonSources ?? nothing)(),
      (deps.packageSources ?? nothing)(),
    ])
    return { pythons, packages }
  }

  const route: Network['route'] = async (url) => {
    const { chosen, plan: proxies } = await plan()
    return { proxy: routeOf(proxies, url), context: contextOf(await gatherTrust(chosen, env)) }
  }

  const leavesItToTheSystem = async () => {
    const { chosen, plan: proxies } = await plan()
    const isPlain = chosen.extraCa.length === 0 && chosen.noProxy.length === 0
    return isPlain && chosen.proxy === 'system' && proxies.origin !== 'environment'
  }

  return {
    route,
    leavesItToTheSystem,
    async forInstallers(alsoTrust = []) {
      const { chosen, plan: proxies } = await plan()
      const bundle = await writeBundle(layout, await gatherTrust(chosen, env, alsoTrust))
      const certificates = certificateVariables(bundle, chosen.extraCa.length > 0)
      const index = fullAddress(chosen, 'packageIndex', await settings.credentials())
      return {
        strong: { ...proxyVariables(proxies, env), ...certificates.strong, ...indexVariables(index) },
        weak: certificates.weak,
      }
    },
    async forServers() {
      const { chosen, plan: proxies } = await plan()
      const variables = proxyVariables(proxies, env)
      if (chosen.extraCa.length === 0) return variables
      const bundle = await writeBundle(layout, await gatherTrust(chosen, env))
      return { ...variables, SSL_CERT_FILE: bundle, REQUESTS_CA_BUNDLE: bundle, CURL_CA_BUNDLE: bundle }
    },
    address: async (key) => fullAddress(await settings.get(), key, await settings.credentials()),
    async checkChange(change, current) {
      if (change.extraCa !== undefined)
        await requireCaFiles(change.extraCa.filter((file) => !current.extraCa.includes(file)))
      const after = { ...current, ...change }
      if (after.proxy !== 'manual' || after.proxyUrl !== null) return
      throw new AppError('INVALID_PARAMS', 'A proxy of your own needs an address', {
        hint: 'Name it first: `beep-host config set proxyUrl http://HOST:PORT`; to go without one, `beep-host config set proxy off`.',
      })
    },
    async show(): Promise<NetworkView> {
      const { chosen, plan: proxies } = await plan()
      const [trust, { pythons, packages }] = await Promise.all([gatherTrust(chosen, env), sources()])
      const shown = (address: string | undefined) =>
        address === undefined ? null : withoutCredentials(address).replace(/\/+$/u, '')
      return {
        offline: chosen.offline,
        proxy: {
          mode: proxies.mode,
          origin: proxies.origin,
          https: shown(proxies.https),
          http: shown(proxies.http),
          hasCredentials: [proxies.https, proxies.http].some((one) => one !== undefined && Boolean(credentialsIn(one))),
          noProxy: [...proxies.noProxy],
          notes: [...proxies.notes],
          script: scriptInEffect(proxies, deps.runsScripts === true && (await leavesItToTheSystem())),
        },
        certificates: {
          builtIn: trust.builtIn,
          system: trust.system,
          extra: [...trust.extra],
          environment: [...trust.environment],
        },
        pythonMirrors: pythons.map(asSource),
        packageIndexes: packages.map(asSource),
      }
    },
    async test(context) {
      const { chosen } = await plan()
      const { pythons, packages } = await sources()
      const asked: Asked[] = [
        ...pythons.map(({ ask }) => ({ purpose: 'python' as const, urls: ask })),
        ...packages.map(({ ask }) => ({ purpose: 'packages' as const, urls: ask })),
      ]
      const rows: NetworkTestRow[][] = asked.map(() => [])
      const waiting = [...asked.entries()]
      let done = 0
      const worker = async () => {
        for (let next = waiting.shift(); next && !context.signal.aborted; next = waiting.shift()) {
          const [at, one] = next
          context.progress({
            fraction: done / asked.length,
            title: 'Testing the network',
            detail: hostOf(one.urls[0] ?? ''),
          })
          rows[at] = await testAddress(one, { route, isOffline: chosen.offline, signal: context.signal })
          done += 1
        }
      }
      try {
        await Promise.all(Array.from({ length: atOnce }, worker))
      } catch (error) {
        if (!context.signal.aborted) throw error
      }
      if (context.signal.aborted) throw new AppError('CANCELLED', 'Cancelled: testing the network')
      return rows.flat()
    },
  }
}

function asSource({ url, origin }: AskedAddress): NetworkSource {
  return { url: withoutCredentials(url), origin, hasCredentials: Boolean(credentialsIn(url)) }
}

function hostOf(url: string): string {
  const { host = '', pathname = '' } = URL.parse(url) ?? {}
  return host || pathname
}
