import type { InstallerInEffect, InstallerReport, UnusableUv, UvOrigin } from '../../contract/index.ts'
import { fields } from '../text/table.ts'
import { bytes, localTime } from '../text/units.ts'

const found: Readonly<Record<UvOrigin, string>> = {
  variable: 'named by UV',
  path: 'on PATH',
  usual: 'where its installer puts it',
  own: 'got with `beep-host installer get`',
}

/** What installs packages, where it is and why it is that one; and the way to a faster one. */
export function installerFields({ setting, inEffect, own, unusable, oldestUv }: InstallerReport): string {
  const isOwn = inEffect?.tool === 'uv' && inEffect.origin === 'own'
  const isSlow = inEffect?.tool !== 'uv' && setting !== 'pip'
  return fields([
    ['installer', inEffect ? named(inEffect) : noneFor(setting)],
    ...(inEffect ? ([['where', inEffect.path]] as const) : []),
    ...(inEffect?.tool === 'uv' ? ([['found', found[inEffect.origin]]] as const) : []),
    ['setting', setting],
    ...(own ? ([['got', `uv ${own.version}, ${bytes(own.bytes)}, ${localTime(own.gotAt)}`]] as const) : []),
    ...(own && !isOwn ? ([['', `It is not used. ${own.path}`]] as const) : []),
    ...unusable.map((one) => ['not usable', whyNot(one, oldestUv)] as const),
    ...(isSlow ? ([['hint', '`beep-host installer get` gets uv, which does the same faster']] as const) : []),
  ])
}

function named(inEffect: InstallerInEffect): string {
  if (inEffect.tool === 'uv') return `uv ${inEffect.version}`
  const pip = inEffect.version === null ? 'pip, put into each environment that needs it,' : `pip ${inEffect.version}`
  return `${pip} of Python ${inEffect.python}`
}

function noneFor(setting: InstallerReport['setting']): string {
  return setting === 'uv'
    ? 'none: the settings ask for uv'
    : 'none: there is no Python yet, and `beep-host init` gets one'
}

function whyNot({ path, version }: UnusableUv, oldestUv: string): string {
  return version === null ? `${path} does not start` : `${path} is ${version}; ${oldestUv} is the oldest that will do`
}
