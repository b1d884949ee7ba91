import { z } from 'zod'
import { answer, job, noParams } from '../command.ts'
import { networkSchema, networkTestRowSchema } from '../models/network.ts'

export const networkCommands = {
  'network.show': answer({
    access: 'read',
    summary: 'Show proxy, certificates and package sources as they are in effect, and why',
    params: noParams,
    result: networkSchema,
  }),
  'network.test': job({
    access: 'write',
    summary: 'Ask every host that Pythons and packages come from, and tell how it went',
    params: noParams,
    result: z.array(networkTestRowSchema),
  }),
} as const
