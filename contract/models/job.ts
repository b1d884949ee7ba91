import { z } from 'zod'
import { errorInfoSchema } from '../errors.ts'

/** How far along a job is. `fraction` is 0 to 1 and never falls; null while there is nothing to count. */
export const progressSchema = z.object({
  fraction: z.number().min(0).max(1).nullable(),
  title: z.string(),
  detail: z.string().optional(),
  /** Bytes behind the fraction, where the step moves bytes. */
  bytesDone: z.number().int().nonnegative().optional(),
  bytesTotal: z.number().int().nonnegative().optional(),
})
export type Progress = z.infer<typeof progressSchema>

/** What code that runs waits for: a line of text. */
export const questionSchema = z.object({
  /** Counts from 1 in each job. */
  number: z.number().int().positive(),
  prompt: z.string(),
  /** What is typed shall not be seen. */
  isPassword: z.boolean(),
})
export type Question = z.infer<typeof questionSchema>

export const jobStates = ['running', 'succeeded', 'failed', 'cancelled'] as const

/** One long operation. `subject` is what it works on ("runtime cpython-3.12…", "environment demo"). */
export const jobSchema = z.object({
  id: z.string(),
  command: z.string(),
  subject: z.string(),
  state: z.enum(jobStates),
  progress: progressSchema,
  startedAt: z.string(),
  /** Nobody wants it any more, and it is letting go. */
  isCancelling: z.boolean().optional(),
  /** While its code waits for input (`servers.answerInput`). */
  asks: questionSchema.optional(),
  endedAt: z.string().optional(),
  /** What the command promised as its result; present when succeeded. */
  result: z.unknown().optional(),
  error: errorInfoSchema.optional(),
  /** The result, or what is large of the evidence, is left out here, as lists and events do: `jobs.get` has all of it. */
  isAbridged: z.boolean().optional(),
})
export type Job = z.infer<typeof jobSchema>
