import { z } from 'zod'
import { errorInfoSchema } from '../errors.ts'
import { nameProblem, requirementSchema } from '../names.ts'
import { gpuBackendSchema } from './gpu.ts'

/** Characters of an id: as many as the name of a provider's environment keeps of it. */
const maxIdChars = 40

export const profileIdSchema = z.string().superRefine((id, context) => {
  const problem =
    id.length > maxIdChars
      ? `it has ${id.length} characters, at most ${maxIdChars} are possible`
      : /^[a-z\d]+(?:-[a-z\d]+)*$/u.test(id)
        ? nameProblem(id)
        : 'it needs small letters and digits, with single dashes between them'
  if (problem === undefined) return
  context.addIssue({ code: 'custom', message: `${JSON.stringify(id.slice(0, 60))} cannot be a profile: ${problem}` })
})

const moduleSchema = z
  .string()
  .max(200)
  .regex(/^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/u, 'a module is written such as numpy or google.genai')

const pythonSchema = z.string().regex(/^3\.\d{1,2}$/u, 'a Python is written such as 3.12')

/** Encrypted, or on this machine; never with a password, since profiles are shared. */
const indexAddress =
  /^(?:https:\/\/[A-Za-z\d](?:[A-Za-z\d.-]*[A-Za-z\d])?|http:\/\/(?:localhost|127\.\d+\.\d+\.\d+|\[::1\]))(?::\d{1,5})?(?:\/[\w.~%+,=:/-]*)?$/u

const indexSchema = z
  .object({
    backend: gpuBackendSchema,
    /** The oldest CUDA or ROCm that it is for, such as 12.6; absent: any. */
    minimum: z
      .string()
      .regex(/^\d{1,3}(?:\.\d{1,3})*$/u, 'a version is written such as 12.6')
      .optional(),
    url: z.string().max(500).regex(indexAddress, 'it must be an https address without a password'),
  })
  .strict()
export type ProfileIndex = z.infer<typeof indexSchema>

/** A set of packages to begin an environment with, as its author writes it and as files hold it. */
export const profileSpecSchema = z
  .object({
    id: profileIdSchema,
    title: z.string().trim().min(1).max(80),
    summary: z.string().trim().max(300).default(''),
    /** `set`: for people who make environments. `provider`: the packages of an app's or an engine's environment. */
    kind: z.enum(['set', 'provider']).default('set'),
    /** Other profiles whose packages belong to it. */
    includes: z.array(profileIdSchema).max(20).default([]),
    packages: z.array(requirementSchema).max(200).default([]),
    /** Packages that an environment is better with, and goes without where they cannot be installed. */
    optional: z.array(requirementSchema).max(50).default([]),
    /** What is imported to see that the packages work; none: the modules that they bring, by their names. */
    imports: z.array(moduleSchema).max(100).default([]),
    /** Further providers that it is for. */
    aliases: z.array(profileIdSchema).max(50).default([]),
    /** The oldest and the newest Python that it works with. */
    python: z.object({ minimum: pythonSchema.optional(), maximum: pythonSchema.optional() }).strict().optional(),
    /** Where packages come from that are built for one GPU back end each, beside the usual index. */
    indexes: z.array(indexSchema).max(20).default([]),
  })
  .strict()
export type ProfileSpec = z.infer<typeof profileSpecSchema>

/** What a file of profiles holds: the shipped one, the user's own, one that is shared. */
export const profilesFileSchema = z
  .object({ version: z.literal(1), profiles: z.array(profileSpecSchema).max(500) })
  .strict()

/** A profile with what it includes. */
export const profileSchema = z.object({
  id: z.string(),
  title: z.string(),
  summary: z.string(),
  kind: z.enum(['set', 'provider']),
  /** It ships with the product: it can be copied, not changed. */
  isBuiltIn: z.boolean(),
  packages: z.array(z.string()),
  optional: z.array(z.string()),
  /** Why it cannot be used as it stands. */
  problem: errorInfoSchema.optional(),
  spec: profileSpecSchema,
})
export type Profile = z.infer<typeof profileSchema>

/** What an environment that began with a profile would get on this machine. */
export const profilePreviewSchema = z.object({
  packages: z.array(z.string()),
  optional: z.array(z.string()),
  backend: gpuBackendSchema,
  /** Asked beside the usual index. */
  indexes: z.array(z.string()),
  /** The Python it would stand on; null where none here will do. */
  runtime: z.string().nullable(),
  python: z.string().nullable(),
})
export type ProfilePreview = z.infer<typeof profilePreviewSchema>
