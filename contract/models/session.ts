import { z } from 'zod'

/** Of a session that is to be opened; what is absent is as docs/wire.md §2.2 says. */
export const sessionOptionsSchema = z.object({
  /** For people; need not be unique. */
  name: z.string().min(1).max(200).optional(),
  /** An absolute path; absent: the server's own. */
  workingFolder: z.string().min(1).optional(),
  /** Null takes a variable out. */
  environmentVariables: z.record(z.string(), z.string().nullable()).optional(),
  /** Without use for so long, it is closed. */
  leaseSeconds: z.number().min(1).max(604_800).optional(),
  handleLimit: z.number().int().min(1).max(1_000_000).optional(),
  /** For each request in it that brings none of its own. */
  timeoutSeconds: z.number().min(0.001).max(604_800).optional(),
  /** What happens in it reaches nobody else, and nobody else reaches it. */
  ownProcess: z.boolean().optional(),
  /** Bytes of address space; implies a process of its own. */
  memoryLimitBytes: z.number().int().min(268_435_456).optional(),
})
export type SessionOptions = z.infer<typeof sessionOptionsSchema>

/** A place in the Python of a server with names and handles of its own, as the server describes it. */
export const sessionSchema = z.object({
  id: z.string(),
  name: z.string().nullable(),
  ownProcess: z.boolean(),
  createdAt: z.string(),
  workingFolder: z.string().nullable(),
  leaseSeconds: z.number(),
  idleSeconds: z.number(),
  /** How many run or wait. */
  requests: z.number().int(),
  handles: z.number().int(),
  handleLimit: z.number().int(),
  timeoutSeconds: z.number().nullable(),
  memoryLimitBytes: z.number().nullable(),
  /** Of a process of its own. */
  pid: z.number().int().nullable(),
})
export type Session = z.infer<typeof sessionSchema>

/** An object that stays in Python because somebody holds it. */
export const handleSchema = z.object({ id: z.string(), typeName: z.string(), repr: z.string() })
export type Handle = z.infer<typeof handleSchema>

export const handleListSchema = z.object({
  /** The oldest ones. */
  handles: z.array(handleSchema),
  /** How many there are. */
  count: z.number().int(),
})
export type HandleList = z.infer<typeof handleListSchema>
