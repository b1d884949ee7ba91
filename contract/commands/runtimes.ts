import { z } from 'zod'
import { answer, job, noParams } from '../command.ts'
import { catalogEntrySchema, runtimeSchema } from '../models/runtime.ts'

const byId = z.object({ id: z.string().min(1) }).strict()

/** Where an installed runtime is to come from. */
export const runtimeSourceSchema = z.discriminatedUnion('kind', [
  /** The pinned catalog, through the mirror list, or through this mirror alone. */
  z.object({ kind: z.literal('download'), mirror: z.string().min(1).optional() }).strict(),
  /** An archive on this machine. */
  z.object({ kind: z.literal('file'), path: z.string().min(1) }).strict(),
  /** A Python that is on this machine already: the best one, or this one. Nothing is copied. */
  z.object({ kind: z.literal('system'), path: z.string().min(1).optional() }).strict(),
])
export type RuntimeSource = z.infer<typeof runtimeSourceSchema>

/** "3", "3.12" or "3.12.14". */
export const versionRequestSchema = z.string().regex(/^\d+(\.\d+){0,2}(rc\d+)?$/u, 'a version is 3, 3.12 or 3.12.14')

export const runtimeCommands = {
  'runtimes.list': answer({
    access: 'read',
    summary: 'List the Pythons on this machine',
    params: z.object({ refresh: z.boolean().default(false) }).strict(),
    result: z.array(runtimeSchema),
  }),
  'runtimes.catalog': answer({
    access: 'read',
    summary: 'List the Pythons that can be downloaded for this machine',
    params: noParams,
    result: z.array(catalogEntrySchema),
  }),
  'runtimes.measure': job({
    access: 'write',
    summary: 'Ask the mirrors how large the downloads are',
    params: noParams,
    result: z.array(catalogEntrySchema),
  }),
  'runtimes.install': job({
    access: 'write',
    summary: 'Get a Python and make it the default',
    params: z
      .object({
        version: versionRequestSchema.optional(),
        source: runtimeSourceSchema.default({ kind: 'download' }),
        makeDefault: z.boolean().default(true),
      })
      .strict(),
    result: runtimeSchema,
  }),
  'runtimes.setDefault': answer({
    access: 'write',
    summary: 'Choose the Python that new environments stand on',
    params: byId,
    result: runtimeSchema,
  }),
  'runtimes.remove': job({
    access: 'write',
    summary: 'Remove a Python that this product installed',
    params: byId,
    result: z.object({ id: z.string(), freedBytes: z.number().int().nonnegative() }),
  }),
} as const
