import { z } from 'zod'
import { jobSchema } from './models/job.ts'

/**
 * What a command promises.
 * - `answer`: its result within about a second.
 * - `job`: `{ job }` at once; the result schema is that of `job.result` when the job has succeeded.
 * `read` commands change nothing and are answered without a running host, too.
 */
export interface CommandSpec<P extends z.ZodType = z.ZodType, R extends z.ZodType = z.ZodType> {
  readonly kind: 'answer' | 'job'
  readonly access: 'read' | 'write'
  readonly summary: string
  readonly params: P
  readonly result: R
}

type Shape<P, R> = {
  readonly access: 'read' | 'write'
  readonly summary: string
  readonly params: P
  readonly result: R
}

export function answer<P extends z.ZodType, R extends z.ZodType>(shape: Shape<P, R>) {
  return { kind: 'answer', ...shape } as const
}

export function job<P extends z.ZodType, R extends z.ZodType>(shape: Shape<P, R>) {
  return { kind: 'job', ...shape } as const
}

/** What a job command answers at once. */
export const startedJobSchema = z.object({ job: jobSchema })

export const noParams = z.object({}).strict()
