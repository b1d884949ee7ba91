import type { CaFile, Network, NetworkOrigin, NetworkSource, NetworkTestRow } from '../../contract/index.ts'
import { fields, table } from '../text/table.ts'

const origins: Readonly<Record<NetworkOrigin, string>> = {
  setting: 'from the settings',
  environment: 'from the environment',
  system: 'from the operating system',
  tool: 'from the configuration of pip',
  'built-in': 'the usual one',
  none: '',
}

export function networkFields({ offline, proxy, certificates, pythonMirrors, packageIndexes }: Network): string {
  const from = (origin: NetworkOrigin, hasCredentials: boolean) =>
    [origins[origin], hasCredentials ? 'with a password' : ''].filter(Boolean).join(', ')
  const address = (text: string | null) =>
    text === null ? 'none' : `${text} (${from(proxy.origin, proxy.hasCredentials)})`
  const source = ({ url, origin, hasCredentials }: NetworkSource) => `${url} (${from(origin, hasCredentials)})`
  return fields([
    ['offline', offline ? 'yes: nothing is asked of any network' : 'no'],
    ['proxy', proxy.mode],
    ['  for https:', address(proxy.https)],
    ['  for http:', address(proxy.http)],
    ['  not for', ['this machine', ...proxy.noProxy].join(', ')],
    ...(proxy.script === null ? [] : [['  script', proxy.script.text] as const]),
    ...proxy.notes.map((note) => ['  note', note] as const),
    ['certificates', `${certificates.builtIn} built in, ${certificates.system} more of the system`],
    ...[...certificates.extra, ...certificates.environment].map((file) => ['  besides', caFileText(file)] as const),
    ...pythonMirrors.map((one) => ['Pythons', source(one)] as const),
    ...packageIndexes.map((one) => ['packages', source(one)] as const),
  ])
}

function caFileText({ path, certificates, problem }: CaFile): string {
  if (problem !== undefined) return `${path}: not used. ${problem}`
  const names = certificates.map(({ subject, validTo, isExpired }) =>
    isExpired ? `${subject}, expired on ${validTo.slice(0, 10)}` : subject,
  )
  return `${path}: ${names.join('; ')}`
}

/** A table of all, and below it a sentence and the way out for each that failed. */
export function networkTestTable(rows: readonly NetworkTestRow[]): string {
  if (rows.length === 0) return 'There is nobody to ask'
  const all = table(rows, [
    { title: 'for', cell: ({ purpose }) => purpose },
    { title: 'host', cell: ({ host }) => host },
    { title: 'outcome', cell: ({ outcome, cause }) => (cause === null ? outcome : `${outcome}: ${cause}`) },
    { title: 'ms', cell: ({ ms }) => String(ms), align: 'right' },
    { title: 'through', cell: ({ proxy }) => proxy ?? 'directly' },
    { title: 'signed by', cell: ({ issuer }) => issuer ?? '' },
  ])
  const troubles = rows.flatMap(({ message, hint }) => (message === null ? [] : [`${message}.\n  ${hint ?? ''}`]))
  return [all, ...new Set(troubles)].join('\n\n')
}
