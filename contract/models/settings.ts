import { z } from 'zod'
import { gpuBackends } from './gpu.ts'
import { blotCredentials, indexAddressSchema, noProxyEntrySchema, proxyAddressSchema } from '../web-address.ts'
import { proxyModes } from './network.ts'
import { serverSpecSchema } from './server.ts'

/** `contrast` follows the system's light or dark, with stronger lines and texts. */
export const themes = ['system', 'light', 'dark', 'contrast'] as const

/** What closing the desktop window does. `hide`: it goes on in the tray, where there is one; without a tray host it never vanishes. */
export const closeBehaviours = ['hide', 'quit', 'ask'] as const

/** The user's choices, kept in settings.json. Every field has a default, so an old file stays readable. */
export const settingsSchema = z.object({
  /** Runtime that new environments stand on; null: the newest managed one, else the newest discovered one. */
  defaultRuntime: z.string().nullable().default(null),
  /** Interpreters that the user named, beside those that discovery finds. */
  extraRuntimes: z.array(z.string()).default([]),
  /** A mirror for Python downloads. Exclusive: when set, nothing else is asked. https:, file: or a folder; http: on loopback only. */
  pythonMirror: z.string().nullable().default(null),
  /** Which installer to use; `auto` takes uv where one is found and the base interpreter's pip otherwise. */
  installer: z.enum(['auto', 'uv', 'pip']).default('auto'),
  /** The GPU back end that packages are chosen for; `auto` takes what this machine has. */
  gpuBackend: z.enum(['auto', ...gpuBackends]).default('auto'),
  /** Nothing is asked of any network: Pythons come from `cache/`, packages from imported bundles. */
  offline: z.boolean().default(false),
  /** Which proxy is asked: the environment's or the operating system's, that of `proxyUrl`, or none. */
  proxy: z.enum(proxyModes).default('system'),
  /** For `manual`. A name and a password in it are taken out, and kept where the owner alone can read them. */
  proxyUrl: proxyAddressSchema.nullable().default(null),
  /** Hosts, domains and networks that are asked without a proxy, beside those that come with it. */
  noProxy: z.array(noProxyEntrySchema).default([]),
  /** PEM files with certificates of authorities that are trusted beside those of the operating system. */
  extraCa: z.array(z.string().min(1)).default([]),
  /** The package index that pip and uv ask; null: the one that they are set up for. Passwords as with `proxyUrl`. */
  packageIndex: indexAddressSchema.nullable().default(null),
  /** Bytes of log kept for each server, over all its rotated files. */
  serverLogBytes: z
    .number()
    .int()
    .min(65_536)
    .default(20 * 1024 * 1024),
  /** Snapshots of packages kept for each environment; 0: none longer than the change that it is taken for. */
  snapshotsKept: z.number().int().min(0).max(100).default(10),
  /** Bytes that the snapshots of one environment may take up beside it; the oldest go first. */
  snapshotBytes: z.number().int().min(0).default(5_000_000_000),
  theme: z.enum(themes).default('system'),
  closeBehaviour: z.enum(closeBehaviours).default('hide'),
  /** Starts the desktop app, in the tray only, when the user logs in. The desktop app makes the system agree. */
  startAtLogin: z.boolean().default(false),
})
export type Settings = z.infer<typeof settingsSchema>

/** Settings that are addresses which somebody may have to sign in to. */
export const addressSettings = [
  'proxyUrl',
  'packageIndex',
  'pythonMirror',
] as const satisfies readonly (keyof Settings)[]

/** What to change; what is absent stays. Not `settingsSchema.partial()`: zod fills defaults in under `optional`, too, and would reset the rest. */
export const settingsChangeSchema = z.object({
  defaultRuntime: settingsSchema.shape.defaultRuntime.unwrap().optional(),
  extraRuntimes: settingsSchema.shape.extraRuntimes.unwrap().optional(),
  pythonMirror: settingsSchema.shape.pythonMirror.unwrap().optional(),
  installer: settingsSchema.shape.installer.unwrap().optional(),
  gpuBackend: settingsSchema.shape.gpuBackend.unwrap().optional(),
  offline: settingsSchema.shape.offline.unwrap().optional(),
  proxy: settingsSchema.shape.proxy.unwrap().optional(),
  proxyUrl: settingsSchema.shape.proxyUrl.unwrap().optional(),
  noProxy: settingsSchema.shape.noProxy.unwrap().optional(),
  extraCa: settingsSchema.shape.extraCa.unwrap().optional(),
  packageIndex: settingsSchema.shape.packageIndex.unwrap().optional(),
  serverLogBytes: settingsSchema.shape.serverLogBytes.unwrap().optional(),
  snapshotsKept: settingsSchema.shape.snapshotsKept.unwrap().optional(),
  snapshotBytes: settingsSchema.shape.snapshotBytes.unwrap().optional(),
  theme: settingsSchema.shape.theme.unwrap().optional(),
  closeBehaviour: settingsSchema.shape.closeBehaviour.unwrap().optional(),
  startAtLogin: settingsSchema.shape.startAtLogin.unwrap().optional(),
})
export type SettingsChange = z.infer<typeof settingsChangeSchema>

/** One setting that differs. Whatever signs somebody in to an address is blotted out. */
export const settingDifferenceSchema = z.object({ key: settingsSchema.keyof(), from: z.unknown(), to: z.unknown() })
export type SettingDifference = z.infer<typeof settingDifferenceSchema>

/** What a file of settings would change, or has changed. */
export const settingsFileEffectSchema = z.object({
  changes: z.array(settingDifferenceSchema),
  /** What the file says beside, and this version does not know: a newer one may have written it. It is left out. */
  unknown: z.array(z.string()),
})
export type SettingsFileEffect = z.infer<typeof settingsFileEffectSchema>

/** What to change so that these settings, or all of them, are what they were at first; empty where they are already. */
export function resetOf(settings: Settings, keys: readonly (keyof Settings)[] = settingKeys): SettingsChange {
  const first = settingsSchema.parse({})
  const changed = keys.filter((key) => JSON.stringify(settings[key]) !== JSON.stringify(first[key]))
  return Object.fromEntries(changed.map((key) => [key, first[key]]))
}

export const settingKeys = Object.keys(settingsSchema.shape) as readonly (keyof Settings)[]

/** What a change comes to, in the order of the settings. */
export function settingDifferences(settings: Settings, change: SettingsChange): SettingDifference[] {
  const shown = (value: unknown) => (typeof value === 'string' ? blotCredentials(value) : value)
  const isTold = (key: keyof Settings) =>
    change[key] !== undefined && JSON.stringify(change[key]) !== JSON.stringify(settings[key])
  return settingKeys.filter(isTold).map((key) => ({ key, from: shown(settings[key]), to: shown(change[key]) }))
}

/** What `servers/<name>.json` holds. */
export const serverSpecFileSchema = z.object({ version: z.literal(1), spec: serverSpecSchema })
