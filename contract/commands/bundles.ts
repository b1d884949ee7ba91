import { z } from 'zod'
import { job } from '../command.ts'
import { bundleMachines, importedBundleSchema, madeBundleSchema } from '../models/bundle.ts'
import { requirementSchema } from '../names.ts'
import { versionRequestSchema } from './runtimes.ts'

export const bundleCommands = {
  'bundles.create': job({
    access: 'write',
    summary: 'Put a Python and packages into one file, for a machine without a network',
    params: z
      .object({
        /** Full path of the file to write; one that is there is replaced when the new one is done. */
        path: z.string().min(1),
        /** Absent: the newest Python of the catalog. */
        version: versionRequestSchema.optional(),
        packages: z.array(requirementSchema).default([]),
        profiles: z.array(z.string().min(1)).default([]),
        /** The kind of machine; absent: this one's. Any but this one's needs uv here. */
        for: z.enum(bundleMachines).optional(),
        /** With what HTTP and gRPC servers need. */
        withFronts: z.boolean().default(true),
      })
      .strict(),
    result: madeBundleSchema,
  }),
  'bundles.import': job({
    access: 'write',
    summary: 'Take a Python and packages from such a file',
    params: z
      .object({
        path: z.string().min(1),
        /** What the whole file must hash to; absent: not checked, its parts are in any case. */
        sha256: z
          .string()
          .regex(/^[\da-f]{64}$/iu, 'a sha256 has 64 hexadecimal digits')
          .optional(),
        makeDefault: z.boolean().default(true),
      })
      .strict(),
    result: importedBundleSchema,
  }),
} as const
