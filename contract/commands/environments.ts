import { z } from 'zod'
import { answer, job, noParams } from '../command.ts'
import {
  environmentSchema,
  outdatedPackageSchema,
  packageChangeSchema,
  packageSchema,
  packageSnapshotSchema,
  repairedEnvironmentSchema,
  rolledBackEnvironmentSchema,
  trashedEnvironmentSchema,
} from '../models/environment.ts'
import { gpuBackendSchema } from '../models/gpu.ts'
import { modelSchema, nameSchema, packageNameSchema, providerSchema, requirementSchema } from '../names.ts'

/** Looking up takes any text, so that a wrong name is NOT_FOUND and not a lecture on names. */
const byName = z.object({ name: z.string().min(1) }).strict()

/** False: a change stays even where a package cannot be imported afterwards, or does not fit the others. */
const verify = z.boolean().default(true)

export const environmentCommands = {
  'environments.list': answer({
    access: 'read',
    summary: 'List the environments',
    params: noParams,
    result: z.array(environmentSchema),
  }),
  'environments.get': answer({
    access: 'read',
    summary: 'Show one environment, by its name or by the provider that it was made for',
    params: z
      .object({
        name: z.string().min(1).optional(),
        provider: providerSchema.optional(),
        model: modelSchema.optional(),
      })
      .strict()
      .refine(({ name, provider }) => (name === undefined) !== (provider === undefined), 'give a name or a provider')
      .refine(({ model, provider }) => model === undefined || provider !== undefined, 'a model needs its provider'),
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
        /** Profile ids; their packages come with those of `packages`, in one resolve. */
        profiles: z.array(z.string().min(1)).default([]),
        /** Whose packages to take where there are several builds of them; absent: what this machine has. */
        gpu: gpuBackendSchema.optional(),
      })
      .strict(),
    result: environmentSchema,
  }),
  'environments.ensure': job({
    access: 'write',
    summary: 'Make the environment of a provider, or make it whole',
    params: z
      .object({ provider: providerSchema, model: modelSchema.optional(), gpu: gpuBackendSchema.optional() })
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
    summary: 'Delete an environment; it can be brought back for a while',
    params: z.object({ name: z.string().min(1), permanent: z.boolean().default(false) }).strict(),
    result: z.object({
      name: z.string(),
      /** 0 while it can be brought back. */
      freedBytes: z.number().int().nonnegative(),
      /** What `environments.restore` takes; null when it is gone for good. */
      trashId: z.string().nullable(),
    }),
  }),
  'environments.trash': answer({
    access: 'read',
    summary: 'List the deleted environments that can be brought back',
    params: noParams,
    result: z.array(trashedEnvironmentSchema),
  }),
  'environments.restore': job({
    access: 'write',
    summary: 'Bring a deleted environment back',
    params: z.object({ id: z.string().min(1) }).strict(),
    result: environmentSchema,
  }),
  'environments.emptyTrash': job({
    access: 'write',
    summary: 'Delete for good what could be brought back',
    params: noParams,
    result: z.object({ freedBytes: z.number().int().nonnegative() }),
  }),
  'environments.clone': job({
    access: 'write',
    summary: 'Make an environment with the very packages of another one',
    params: z.object({ name: z.string().min(1), as: nameSchema }).strict(),
    result: environmentSchema,
  }),
  'environments.repair': job({
    access: 'write',
    summary: 'Put a broken or damaged environment right',
    params: byName,
    result: repairedEnvironmentSchema,
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
    params: z.object({ name: z.string().min(1), packages: z.array(requirementSchema).min(1), verify }).strict(),
    result: environmentSchema,
  }),
  // Asks the index, so it takes its time: a job, although it changes nothing.
  'packages.outdated': job({
    access: 'write',
    summary: 'List the packages that have a newer version',
    params: byName,
    result: z.array(outdatedPackageSchema),
  }),
  'packages.upgrade': job({
    access: 'write',
    summary: 'Bring packages up to date',
    params: z
      .object({
        name: z.string().min(1),
        /** None: all that are out of date. */
        packages: z.array(requirementSchema).default([]),
        verify,
      })
      .strict(),
    result: environmentSchema,
  }),
  'packages.uninstall': job({
    access: 'write',
    summary: 'Take packages out of an environment',
    params: z.object({ name: z.string().min(1), packages: z.array(packageNameSchema).min(1) }).strict(),
    result: environmentSchema,
  }),
  'packages.preview': job({
    access: 'write',
    summary: 'Tell what a change of packages would do, and change nothing',
    params: z
      .object({
        name: z.string().min(1),
        action: z.enum(['install', 'upgrade', 'uninstall']),
        /** With `upgrade`, none means all that are out of date. */
        packages: z.array(requirementSchema).default([]),
      })
      .strict(),
    result: z.array(packageChangeSchema),
  }),
  'packages.export': answer({
    access: 'read',
    summary: 'Write down the packages of an environment as a requirements file',
    params: byName,
    result: z.object({ text: z.string(), count: z.number().int().nonnegative() }),
  }),
  // Asks the index: a job, although it changes nothing.
  'packages.lock': job({
    access: 'write',
    summary: 'Write down the packages of an environment with the hashes of their files',
    params: byName,
    result: z.object({ text: z.string(), count: z.number().int().nonnegative() }),
  }),
  'packages.import': job({
    access: 'write',
    summary: 'Install what a requirements file lists',
    params: z
      .object({
        name: z.string().min(1),
        /** The text of the file. */
        text: z.string().max(1_000_000),
        verify,
      })
      .strict(),
    result: environmentSchema,
  }),
  'packages.snapshots': answer({
    access: 'read',
    summary: 'List what the packages of an environment were before its changes, the newest first',
    params: byName,
    result: z.array(packageSnapshotSchema),
  }),
  'packages.snapshot': job({
    access: 'write',
    summary: 'Keep the packages of an environment as they are now',
    params: z.object({ name: z.string().min(1), note: z.string().max(200).optional() }).strict(),
    result: packageSnapshotSchema,
  }),
  'packages.rollback': job({
    access: 'write',
    summary: 'Bring the packages of an environment back to what they were',
    params: z
      .object({
        name: z.string().min(1),
        /** Absent: the newest. */
        snapshot: z.string().min(1).optional(),
      })
      .strict(),
    result: rolledBackEnvironmentSchema,
  }),
  'packages.removeSnapshot': job({
    access: 'write',
    summary: 'Delete a snapshot of an environment',
    params: z.object({ name: z.string().min(1), snapshot: z.string().min(1) }).strict(),
    result: z.object({ freedBytes: z.number().int().nonnegative() }),
  }),
} as const
