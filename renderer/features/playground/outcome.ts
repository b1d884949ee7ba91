import { z } from 'zod'
import { executionOutputSchema, executionResultSchema } from '../../../contract/index.ts'
import type { ExecutionOutput, ExecutionValue, Job } from '../../../contract/index.ts'

/** What an ended run leaves. */
export interface Outcome {
  readonly output: readonly ExecutionOutput[]
  /** The rest of the output was left out. */
  readonly isOutputCut: boolean
  /** Absent where it failed or was cancelled. */
  readonly result?: ExecutionValue
  readonly durationMs?: number
}

const failedSchema = z.object({ output: z.array(executionOutputSchema), isOutputCut: z.boolean() })

/** From the result, or from the evidence of a run that failed; undefined where neither tells, so that what was seen stays. */
export function outcomeOf(job: Job | undefined): Outcome | undefined {
  if (job === undefined) return undefined
  return executionResultSchema.safeParse(job.result).data ?? failedSchema.safeParse(job.error?.details).data
}

export type Display = Extract<ExecutionOutput, { readonly kind: 'display' }>

/** The output, and apart from it the display that is the value itself. */
export function withoutResult(output: readonly ExecutionOutput[]): [readonly ExecutionOutput[], Display | undefined] {
  const result = output.findLast((one): one is Display => one.kind === 'display' && one.isResult === true)
  return result === undefined ? [output, undefined] : [output.filter((one) => one !== result), result]
}
