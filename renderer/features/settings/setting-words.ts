import { addressSettings, closeBehaviours, gpuBackends, proxyModes, themes } from '../../../contract/index.ts'
import type { Runtime, SettingDifference, Settings } from '../../../contract/index.ts'
import { bytes } from '../../lib/format.ts'
import { t } from '../../text/index.ts'

export const installers = ['auto', 'uv', 'pip'] as const satisfies readonly Settings['installer'][]

/** What each setting is called on its row of the screen. */
export const settingLabels: Readonly<Record<keyof Settings, () => string>> = {
  defaultRuntime: () => t('settings.python.default'),
  extraRuntimes: () => t('settings.python.extra'),
  pythonMirror: () => t('settings.network.mirror'),
  installer: () => t('settings.network.installer'),
  gpuBackend: () => t('settings.gpu.backend'),
  offline: () => t('settings.offline.label'),
  proxy: () => t('settings.proxy.label'),
  proxyUrl: () => t('settings.proxy.address'),
  noProxy: () => t('settings.proxy.noProxy'),
  extraCa: () => t('settings.proxy.certificates'),
  packageIndex: () => t('settings.network.index'),
  serverLogBytes: () => t('settings.logs.size'),
  snapshotsKept: () => t('settings.storage.snapshots'),
  snapshotBytes: () => t('settings.file.snapshotBytes'),
  theme: () => t('settings.look.theme'),
  closeBehaviour: () => t('settings.desktop.close'),
  startAtLogin: () => t('settings.desktop.startAtLogin'),
}

type Named = Pick<Runtime, 'id' | 'version' | 'origin'>

/** The words of settings that are one of a few. */
const words: Partial<Readonly<Record<keyof Settings, Readonly<Record<string, string>>>>> = {
  installer: wordsOf(installers, (one) => t(`settings.network.installers.${one}`)),
  gpuBackend: { auto: t('settings.automatic'), ...wordsOf(gpuBackends, (one) => t(`settings.gpu.backends.${one}`)) },
  proxy: wordsOf(proxyModes, (one) => t(`settings.proxy.modes.${one}`)),
  theme: wordsOf(themes, (one) => t(`shell.theme.${one}`)),
  closeBehaviour: wordsOf(closeBehaviours, (one) => t(`settings.desktop.closes.${one}`)),
}

/** A value as its row shows it. */
export function valueText(key: keyof Settings, value: unknown, runtimes: readonly Named[]): string {
  if (key === 'defaultRuntime' && value === null) return t('settings.automatic')
  if (key === 'serverLogBytes' || key === 'snapshotBytes') return bytes(Number(value))
  if (typeof value === 'boolean') return value ? t('settings.file.on') : t('settings.file.off')
  if (value === null || (Array.isArray(value) && value.length === 0)) return t('settings.file.none')
  if (Array.isArray(value)) return value.join(', ')
  const text = String(value)
  if (key !== 'defaultRuntime') return words[key]?.[text] ?? text
  const runtime = runtimes.find(({ id }) => id === text)
  return runtime ? runtimeLabel(runtime) : text
}

export function runtimeLabel({ version, origin }: Named): string {
  return `${t('runtimes.version', { version })} · ${t(`runtimes.origins.${origin}`)}`
}

/** True where an address is left that may have had a password: whoever takes the change back does not bring that back. */
export function leavesPasswords(changes: readonly SettingDifference[]): boolean {
  return changes.some(({ key, from }) => addressSettings.some((one) => one === key) && from !== null)
}

function wordsOf<T extends string>(values: readonly T[], word: (value: T) => string): Record<string, string> {
  return Object.fromEntries(values.map((value) => [value, word(value)]))
}
