import { z } from 'zod'
import { errorInfoSchema } from '../errors.ts'

/** The environment that fronts run in. It is ours: nobody installs into it, nobody removes it by accident. */
export const adminEnvironmentName = 'admin'

export const environmentSchema = z.object({
  name: z.string(),
  root: z.string(),
  kind: z.enum(['user', 'admin']),
  /** The environment's own interpreter. */
  executable: z.string(),
  /** Python version, such as 3.12.14. */
  python: z.string(),
  /** Id of the runtime it stands on. */
  runtime: z.string(),
  state: z.enum(['ready', 'broken']),
  problem: errorInfoSchema.optional(),
  createdAt: z.string(),
  sizeBytes: z.number().int().nonnegative(),
  /** Requirements asked for so far, as typed; the admin environment's are the server packages. */
  requirements: z.array(z.string()),
  /** Servers that run on it right now. */
  usedBy: z.array(z.string()),
})
export type Environment = z.infer<typeof environmentSchema>

export const packageSchema = z.object({ name: z.string(), version: z.string() })
export type Package = z.infer<typeof packageSchema>
