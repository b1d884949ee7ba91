import { Stack, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { toErrorInfo } from '../../../contract/index.ts'
import type { CaFile, ErrorInfo, Network, NetworkOrigin, NetworkSource, Settings } from '../../../contract/index.ts'
import { call } from '../../stores/call.ts'
import { useHost } from '../../stores/host.ts'
import { t } from '../../text/index.ts'
import { ErrorCard } from '../../ui/error-card.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Prose } from '../../ui/prose.tsx'
import { StateMark } from '../../ui/state-mark.tsx'

/** What of all that is in effect now, and where it comes from. Asked anew when a setting of the network changes, and when the host is back. */
export function NetworkEffective({ settings }: { readonly settings: Settings }) {
  const [network, setNetwork] = useState<Network>()
  const [error, setError] = useState<ErrorInfo>()
  const [tries, setTries] = useState(0)
  const link = useHost((state) => state.link)
  const { proxy, proxyUrl, noProxy, extraCa, pythonMirror, packageIndex, offline } = settings
  const key = JSON.stringify([proxy, proxyUrl, noProxy, extraCa, pythonMirror, packageIndex, offline])
  useEffect(() => {
    let isHere = true
    call('network.show', {}).then(
      (found) => {
        if (!isHere) return
        setNetwork(found)
        setError(undefined)
      },
      (thrown: unknown) => {
        const failure = toErrorInfo(thrown)
        // That the host is gone is said above every screen, and the last that is known stays in sight.
        if (!isHere || failure.code === 'HOST_UNREACHABLE') return
        setNetwork(undefined)
        setError(failure)
      },
    )
    return () => {
      isHere = false
    }
  }, [key, link, tries])
  const askAgain = () => {
    setError(undefined)
    setTries(tries + 1)
  }
  return (
    <div className="row setting">
      <Text size="sm" fw={550} mb="xs">
        {t('settings.proxy.effective')}
      </Text>
      {network && <Facts facts={factsOf(network)} />}
      {error && <ErrorCard error={error} onRetry={askAgain} />}
      {!network && !error && (
        <Text size="sm" c="dimmed">
          {t('settings.proxy.asking')}
        </Text>
      )}
    </div>
  )
}

function factsOf(network: Network): readonly (readonly [string, ReactNode])[] {
  const { certificates, proxy, pythonMirrors, packageIndexes } = network
  const files = [...certificates.extra, ...certificates.environment]
  return [
    [t('settings.proxy.label'), lines([...proxyLines(proxy), ...proxy.notes])],
    [t('settings.proxy.script'), proxy.script === null ? undefined : <Script script={proxy.script} />],
    [
      t('settings.proxy.trusted'),
      lines([
        t('settings.proxy.roots', { builtIn: certificates.builtIn, system: certificates.system }),
        ...files.map(fileLine),
      ]),
    ],
    [t('settings.proxy.pythons'), pythonMirrors.length > 0 ? lines(pythonMirrors.map(sourceLine)) : undefined],
    [t('settings.proxy.packages'), packageIndexes.length > 0 ? lines(packageIndexes.map(sourceLine)) : undefined],
  ]
}

/** What a script of the operating system decides, and for whom it does not. */
function Script({ script }: { readonly script: NonNullable<Network['proxy']['script']> }) {
  return (
    <Stack gap={2}>
      <StateMark
        tone="warning"
        label={t(script.isFollowed ? 'settings.proxy.scriptFollowed' : 'settings.proxy.scriptIgnored')}
      />
      <span>
        <Prose text={script.text} />
      </span>
    </Stack>
  )
}

function proxyLines({ https, http, origin, hasCredentials, noProxy, script }: Network['proxy']): readonly string[] {
  if (https === null && http === null) {
    if (script !== null) return [t('settings.proxy.none.script')]
    return [t(`settings.proxy.none.${origin === 'setting' ? 'setting' : 'other'}`)]
  }
  const from = fromText(origin, hasCredentials)
  const one = https === http ? [`${https} · ${from}`] : []
  const both = [
    ...(https === null ? [] : [t('settings.proxy.forHttps', { address: https, from })]),
    ...(http === null ? [] : [t('settings.proxy.forHttp', { address: http, from })]),
  ]
  const without = noProxy.length > 0 ? [t('settings.proxy.without', { list: noProxy.join(', ') })] : []
  return [...(one.length > 0 ? one : both), ...without]
}

function fromText(origin: NetworkOrigin, hasCredentials: boolean): string {
  const from = t(`settings.proxy.origins.${origin}`)
  return hasCredentials ? t('settings.proxy.withPassword', { from }) : from
}

function sourceLine({ url, origin, hasCredentials }: NetworkSource): string {
  return `${url} · ${fromText(origin, hasCredentials)}`
}

function fileLine({ path, certificates, problem }: CaFile): string {
  if (problem !== undefined) return t('settings.proxy.fileProblem', { path, problem })
  const names = certificates.map(({ subject, validTo, isExpired }) =>
    isExpired ? t('settings.proxy.expired', { subject, date: validTo.slice(0, 10) }) : subject,
  )
  return `${path}: ${names.join('; ')}`
}

function lines(texts: readonly string[]): ReactNode {
  return (
    <Stack gap={2}>
      {texts.map((text) => (
        <span key={text}>{text}</span>
      ))}
    </Stack>
  )
}
