import { z } from 'zod'
import { answer, job, noParams } from '../command.ts'
import { environmentSchema, packageSchema } from '../models/environment.ts'
import { nameSchema, requirementSchema } from '../names.ts'

/** Looking up takes any text, so that a wrong name is NOT_FOUND and not a lecture on names. */
const byName = z.object({ name: z.string().min(1) }).strict()

export const environmentCommands = {
  'environments.list': answer({
    access: 'read',
    summary: 'List the environments',
    params: noParams,
    result: z.array(environmentSchema),
  }),
  'environments.get': answer({
    access: 'read',
    summary: 'Show one environment',
    params: byName,
    result: environmentSchema,
  }),
  'environments.create': job({
    access: 'write',
    summary: 'Make an environment',
    params: z
      .object({
        name: nameSchema,
        /** Runtime id; absent: the default runtime. */
        runtime: z.string().min(1).optional(),
        packages: z.array(requirementSchema).default([]),
      })
      .strict(),
    result: environmentSchema,
  }),
  'environments.ensureAdmin': job({
    access: 'write',
    summary: 'Make or repair the admin environment, which the server fronts run in',
    params: noParams,
    result: environmentSchema,
  }),
  'environments.remove': job({
    access: 'write',
    summary: 'Delete an environment',
    params: byName,
    result: z.object({ name: z.string(), freedBytes: z.number().int().nonnegative() }),
  }),
  'packages.list': answer({
    access: 'read',
    summary: 'List the packages of an environment',
    params: byName,
    result: z.array(packageSchema),
  }),
  'packages.install': job({
    access: 'write',
    summary: 'Install packages into an environment',
    params: z.object({ name: z.string().min(1), packages: z.array(requirementSchema).min(1) }).strict(),
    result: environmentSchema,
  }),
} as const
