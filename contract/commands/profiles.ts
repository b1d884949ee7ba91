import { z } from 'zod'
import { answer, noParams } from '../command.ts'
import { gpuBackendSchema } from '../models/gpu.ts'
import { profilePreviewSchema, profileSchema, profileSpecSchema } from '../models/profile.ts'
import { providerSchema } from '../names.ts'

/** Looking up takes any text, so that a wrong id is NOT_FOUND. */
const byId = z.object({ id: z.string().min(1).max(200) }).strict()

export const profileCommands = {
  'profiles.list': answer({
    access: 'read',
    summary: 'List the package sets that an environment can begin with',
    params: noParams,
    result: z.array(profileSchema),
  }),
  'profiles.get': answer({
    access: 'read',
    summary: 'Show one profile, by its id or by a provider that it is for',
    params: z
      .object({ id: z.string().min(1).max(200).optional(), provider: providerSchema.optional() })
      .strict()
      .refine(({ id, provider }) => (id === undefined) !== (provider === undefined), 'give an id or a provider'),
    result: profileSchema,
  }),
  'profiles.save': answer({
    access: 'write',
    summary: 'Add a profile of one’s own, or change it',
    params: z
      .object({
        profile: profileSpecSchema,
        /** False: the id must be free. */
        replace: z.boolean().default(true),
      })
      .strict(),
    result: profileSchema,
  }),
  'profiles.remove': answer({
    access: 'write',
    summary: 'Delete a profile of one’s own',
    params: byId,
    /** What was deleted: saved again, it is back. */
    result: profileSpecSchema,
  }),
  'profiles.export': answer({
    access: 'read',
    summary: 'Write profiles down as a file to share',
    params: z.object({ ids: z.array(z.string().min(1).max(200)).min(1).max(500) }).strict(),
    result: z.object({ text: z.string(), ids: z.array(z.string()) }),
  }),
  'profiles.import': answer({
    access: 'write',
    summary: 'Add the profiles of a file, all of them or none',
    params: z
      .object({
        text: z.string().max(1_000_000),
        /** Those of one's own with the same ids are replaced; else they are in the way. */
        replace: z.boolean().default(false),
      })
      .strict(),
    result: z.array(profileSchema),
  }),
  'profiles.preview': answer({
    access: 'read',
    summary: 'Tell what an environment with a profile would get, without making one',
    params: z.object({ profile: profileSpecSchema, gpu: gpuBackendSchema.optional() }).strict(),
    result: profilePreviewSchema,
  }),
} as const
