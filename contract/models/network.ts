import { z } from 'zod'

/** `system`: what the environment says, else the operating system. */
export const proxyModes = ['system', 'manual', 'off'] as const

/** Where an effective value comes from. `system` is the operating system, `tool` the configuration of pip or uv, `built-in` what ships. */
export const networkOrigins = ['setting', 'environment', 'system', 'tool', 'built-in', 'none'] as const
export const networkOriginSchema = z.enum(networkOrigins)
export type NetworkOrigin = z.infer<typeof networkOriginSchema>

/** A certificate of a file that the settings name. */
export const caCertificateSchema = z.object({
  subject: z.string(),
  /** ISO 8601. */
  validFrom: z.string(),
  validTo: z.string(),
  isExpired: z.boolean(),
})

/** A file with certificates of authorities that are trusted besides. */
export const caFileSchema = z.object({
  path: z.string(),
  certificates: z.array(caCertificateSchema),
  /** Why it is of no use now. */
  problem: z.string().optional(),
})
export type CaFile = z.infer<typeof caFileSchema>

/** An address that packages or Pythons are asked of; without its password. */
export const networkSourceSchema = z.object({
  url: z.string(),
  origin: networkOriginSchema,
  /** A name or a password goes with it. */
  hasCredentials: z.boolean(),
})
export type NetworkSource = z.infer<typeof networkSourceSchema>

/** How the network is used right now, and why so. */
export const networkSchema = z.object({
  offline: z.boolean(),
  proxy: z.object({
    mode: z.enum(proxyModes),
    origin: networkOriginSchema,
    /** For https: addresses; null: none. */
    https: z.string().nullable(),
    http: z.string().nullable(),
    hasCredentials: z.boolean(),
    /** What is asked without it. This machine itself always is. */
    noProxy: z.array(z.string()),
    /** What of the system's or the environment's choice cannot be followed. */
    notes: z.array(z.string()),
    /** A script (PAC) of the operating system that would decide; null: there is none, or it has no say. */
    script: z
      .object({
        /** Where it comes from, in the system's words. */
        address: z.string(),
        /** This host's own downloads do as it says. uv, pip and the code of servers never do. */
        isFollowed: z.boolean(),
        /** What that comes to and what to do, in words. */
        text: z.string(),
      })
      .nullable(),
  }),
  certificates: z.object({
    /** How many come with this product, and how many the operating system has besides. */
    builtIn: z.number().int(),
    system: z.number().int(),
    extra: z.array(caFileSchema),
    /** Of files that variables name: SSL_CERT_FILE and the like. */
    environment: z.array(caFileSchema),
  }),
  pythonMirrors: z.array(networkSourceSchema),
  packageIndexes: z.array(networkSourceSchema),
})
export type Network = z.infer<typeof networkSchema>

export const networkCauses = [
  'offline',
  'dns',
  'refused',
  'unreachable',
  'timeout',
  'broken',
  'proxy-unreachable',
  'proxy-password',
  'proxy-refused',
  'certificate-unknown',
  'certificate-expired',
  'certificate-early',
  'certificate-name',
  'certificate',
  'tls',
  'credentials',
  'absent',
  'server',
  'other',
] as const
export type NetworkCause = (typeof networkCauses)[number]

/** How asking one host went. */
export const networkTestRowSchema = z.object({
  purpose: z.enum(['python', 'packages']),
  /** Without its password. */
  url: z.string(),
  /** `name:port`; a folder's path. */
  host: z.string(),
  outcome: z.enum(['ok', 'failed', 'skipped']),
  /** Milliseconds until it answered, or until it was clear that it would not. */
  ms: z.number().nonnegative(),
  /** Null: asked directly. */
  proxy: z.string().nullable(),
  /** HTTP. */
  status: z.number().int().nullable(),
  /** Who has signed its certificate, as far as it was seen. */
  issuer: z.string().nullable(),
  cause: z.enum(networkCauses).nullable(),
  message: z.string().nullable(),
  hint: z.string().nullable(),
})
export type NetworkTestRow = z.infer<typeof networkTestRowSchema>
