import { z } from 'zod'
import { job, noParams } from '../command.ts'
import { storageUsageSchema } from '../models/storage.ts'

export const storageCommands = {
  // Looks at every file, so it takes its time: a job, although it changes nothing.
  'storage.usage': job({
    access: 'write',
    summary: 'Tell what takes up how much space',
    params: noParams,
    result: storageUsageSchema,
  }),
  'storage.prune': job({
    access: 'write',
    summary: 'Delete downloads that can be had again, and what interrupted work has left',
    params: noParams,
    result: z.object({
      freedBytes: z.number().int().nonnegative(),
      /** What is gone, by name. */
      removed: z.array(z.string()),
    }),
  }),
} as const
