import { z } from 'zod'
import { answer, job, noParams } from '../command.ts'
import { installerReportSchema } from '../models/installer.ts'

export const installerCommands = {
  'installer.show': answer({
    access: 'read',
    summary: 'Show what installs packages: uv or pip, its version and its place',
    params: noParams,
    result: installerReportSchema,
  }),
  'installer.installUv': job({
    access: 'write',
    summary: 'Get the newest uv from the package index, unless this machine has one of its own',
    params: noParams,
    result: installerReportSchema.extend({
      /** False: what there is will do, and nothing was done. */
      isChanged: z.boolean(),
    }),
  }),
  'installer.removeUv': job({
    access: 'write',
    summary: 'Remove the uv that this product has got',
    params: noParams,
    result: z.object({ versions: z.array(z.string()), freedBytes: z.number().int().nonnegative() }),
  }),
} as const
