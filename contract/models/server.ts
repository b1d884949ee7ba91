import { z } from 'zod'
import { errorInfoSchema } from '../errors.ts'
import { nameSchema } from '../names.ts'
import { restartPolicySchema, restartsSchema } from './restart.ts'

export const transports = ['http', 'pipe', 'rpc'] as const
export const transportSchema = z.enum(transports)
export type Transport = z.infer<typeof transportSchema>

/** What the code of a server may ask of this host: nothing, to look, or to change environments, runtimes and servers, too. */
export const infrastructureScopes = ['none', 'read', 'full'] as const
export const infrastructureScopeSchema = z.enum(infrastructureScopes)
export type InfrastructureScope = z.infer<typeof infrastructureScopeSchema>

/** What a server allows its code. Absent: as the engine has it, see docs/wire.md §8. */
export const serverLimits = {
  /** Seconds that a request may run which brings no limit of its own; null: for ever, as usual. */
  timeoutSeconds: z.number().min(0.001).max(604_800).nullable().optional(),
  /** Seconds that code has to yield to an interrupt before its process is ended; 5 unless it says otherwise. */
  graceSeconds: z.number().min(0).max(86_400).optional(),
  /** Whether a client that goes away in mid-call cancels it; true unless it says otherwise. */
  cancelOnDisconnect: z.boolean().optional(),
  /** How many processes a worker and what it has started may be; 512 unless it says otherwise. Linux only. */
  processLimit: z.number().int().min(1).max(100_000).optional(),
  /** How many requests may wait, before others are BUSY; 1000 unless it says otherwise. Several workers have equal shares of it. */
  queueLimit: z.number().int().min(1).max(100_000).optional(),
} as const
export type ServerLimits = Partial<Pick<ServerSpec, keyof typeof serverLimits>>

/** The same for a server that may have some saved: null makes it the usual again. */
export const changedLimits = {
  timeoutSeconds: serverLimits.timeoutSeconds,
  graceSeconds: serverLimits.graceSeconds.nullable(),
  cancelOnDisconnect: serverLimits.cancelOnDisconnect.nullable(),
  processLimit: serverLimits.processLimit.nullable(),
  queueLimit: serverLimits.queueLimit.nullable(),
} as const
export type ChangedLimits = { readonly [K in keyof ServerLimits]?: ServerLimits[K] | null }

export const mostWorkers = 64

/** A saved description of a server. */
export const serverSpecSchema = z.object({
  name: nameSchema,
  transport: transportSchema,
  environment: nameSchema,
  /** Fixed port: busy means PORT_IN_USE. 0: the child chooses. null: the transport's usual port if free, else the child chooses. */
  port: z.number().int().min(0).max(65535).nullable(),
  auth: z.enum(['token', 'none']),
  /** Processes that run code side by side (docs/wire.md §2.7). */
  workers: z.number().int().min(1).max(mostWorkers),
  infrastructure: infrastructureScopeSchema.default('none'),
  restart: restartPolicySchema.default('on-failure'),
  ...serverLimits,
})
export type ServerSpec = z.infer<typeof serverSpecSchema>

const limitNames = Object.keys(serverLimits) as (keyof ServerLimits)[]

/** What is said of limits, and nothing of what is not said, or is to be as usual. */
export function limitsOf(said: ChangedLimits): ServerLimits {
  return Object.fromEntries(limitNames.flatMap((name) => ((said[name] ?? null) === null ? [] : [[name, said[name]]])))
}

/** What was saved, with what is said now in its place. */
export function withLimits(saved: ServerLimits, said: ChangedLimits): ServerLimits {
  const merged = limitNames.map((name) => [name, said[name] === undefined ? saved[name] : said[name]] as const)
  return limitsOf(Object.fromEntries(merged))
}

/** Where to reach a running server. */
export const endpointSchema = z.discriminatedUnion('transport', [
  z.object({ transport: z.literal('http'), url: z.string(), token: z.string().nullable() }),
  z.object({ transport: z.literal('pipe'), path: z.string(), token: z.string().optional() }),
  z.object({ transport: z.literal('rpc'), address: z.string(), token: z.string().nullable() }),
])
export type Endpoint = z.infer<typeof endpointSchema>

/** What a client program types to reach it. Without its token: what is shown and copied often ends up in a chat. */
export function addressOf(endpoint: Endpoint): string {
  switch (endpoint.transport) {
    case 'http':
      return endpoint.url
    case 'pipe':
      return endpoint.path
    case 'rpc':
      return endpoint.address
  }
}

/** The file that client programs read: `endpoints/<name>.json`, readable by its owner only. */
export const endpointFileSchema = z.object({
  version: z.literal(1),
  name: z.string(),
  transport: transportSchema,
  url: z.string().optional(),
  path: z.string().optional(),
  address: z.string().optional(),
  token: z.string().nullable().optional(),
  pid: z.number().int(),
  startedAt: z.string(),
})
export type EndpointFile = z.infer<typeof endpointFileSchema>

export const serverStates = ['stopped', 'starting', 'running', 'stopping', 'failed'] as const
export type ServerState = (typeof serverStates)[number]

/** How a server's process ended: a code, or a signal, and what it said last. */
export const exitReasonSchema = z.object({
  role: z.string(),
  pid: z.number().int().optional(),
  exitCode: z.number().int().nullable(),
  signal: z.string().nullable(),
  lastLines: z.array(z.string()),
  at: z.string(),
})
export type ExitReason = z.infer<typeof exitReasonSchema>

export const serverProcessSchema = z.object({
  role: z.enum(['pool', 'worker', 'http', 'rpc']),
  pid: z.number().int(),
  /** Which of several workers, from 1. */
  worker: z.number().int().positive().optional(),
})

/**
 * A server as it is. `transport`, `environment` and `endpoint` tell what runs; `spec` is the saved description, which may have been
 * changed since the start and is taken up by the next one.
 */
export const serverSchema = z.object({
  name: z.string(),
  transport: transportSchema,
  state: z.enum(serverStates),
  environment: z.string(),
  /** The process that a client talks to: the front, or the pool of a pipe server. */
  pid: z.number().int().nullable(),
  processes: z.array(serverProcessSchema),
  endpoint: endpointSchema.nullable(),
  spec: serverSpecSchema,
  /** When it was ready; kept by one that failed afterwards. */
  startedAt: z.string().nullable(),
  /** Why it failed, as an error with its evidence. */
  error: errorInfoSchema.optional(),
  lastExit: exitReasonSchema.optional(),
  /** Present once its restart policy had something to do. */
  restarts: restartsSchema.optional(),
  /** Workers lost and replaced since the start. */
  workersLost: z.number().int().nonnegative(),
})
export type Server = z.infer<typeof serverSchema>

/** What the processes of a server took, together, at one moment. */
export const usageSampleSchema = z.object({
  at: z.string(),
  /** Busy cores since the sample before, or since the start: 1 is one core at work all the time. */
  cpu: z.number().nonnegative(),
  /** Resident memory; what processes share counts for each of them. */
  memoryBytes: z.number().int().nonnegative(),
})
export type UsageSample = z.infer<typeof usageSampleSchema>

export const logLineSchema = z.object({
  /** Position in this server's log since the host started; no gaps. */
  seq: z.number().int().nonnegative(),
  at: z.string(),
  source: z.enum(['host', 'pool', 'http', 'rpc']),
  stream: z.enum(['stdout', 'stderr', 'event']),
  text: z.string(),
})
export type LogLine = z.infer<typeof logLineSchema>
