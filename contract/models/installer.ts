import { z } from 'zod'
import { settingsSchema } from './settings.ts'

/** Where uv may be found, in the order of looking: named by `UV`, on PATH, where its installers put it, got by this product. */
export const uvOrigins = ['variable', 'path', 'usual', 'own'] as const
export type UvOrigin = (typeof uvOrigins)[number]

/** What installs packages, as far as the settings and this machine decide. */
export const installerInEffectSchema = z.discriminatedUnion('tool', [
  z.object({ tool: z.literal('uv'), version: z.string(), path: z.string(), origin: z.enum(uvOrigins) }),
  z.object({
    tool: z.literal('pip'),
    /** Of the default Python; each environment is served by that of its own. null: it has none, and each gets one put in. */
    version: z.string().nullable(),
    /** The interpreter that runs it. */
    path: z.string(),
    python: z.string(),
  }),
])
export type InstallerInEffect = z.infer<typeof installerInEffectSchema>

/** A uv that was found and cannot be used. */
export const unusableUvSchema = z.object({
  path: z.string(),
  origin: z.enum(uvOrigins),
  /** null: it does not start. Else it is too old. */
  version: z.string().nullable(),
})
export type UnusableUv = z.infer<typeof unusableUvSchema>

/** The uv that this product has got, whether it is in effect or not. */
export const ownUvSchema = z.object({
  version: z.string(),
  path: z.string(),
  bytes: z.number().int().nonnegative(),
  gotAt: z.string(),
})
export type OwnUv = z.infer<typeof ownUvSchema>

export const installerReportSchema = z.object({
  /** What the settings say. */
  setting: settingsSchema.shape.installer.unwrap(),
  /** null: the settings ask for uv and there is none, or there is neither uv nor a Python. */
  inEffect: installerInEffectSchema.nullable(),
  own: ownUvSchema.nullable(),
  /** What was met before the one that is in effect. */
  unusable: z.array(unusableUvSchema),
  /** The oldest uv that will do. */
  oldestUv: z.string(),
})
export type InstallerReport = z.infer<typeof installerReportSchema>
