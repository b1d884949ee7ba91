import { z } from 'zod'

/** What code showed while it ran. `display`: something with a form of its own, such as a figure or a table. */
export const executionOutputSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), stream: z.enum(['stdout', 'stderr']), text: z.string() }),
  z.object({
    kind: z.literal('display'),
    /** Media type to content: text, SVG and JSON as they are, everything else as base64. `text/plain` is always there. */
    data: z.record(z.string(), z.string()),
    /** It is the value of the last expression, in more forms than its repr. */
    isResult: z.boolean().optional(),
  }),
  /** It asked for a line. `answer` is null where that is nobody's business (a password), or where there was none. */
  z.object({ kind: z.literal('input'), prompt: z.string(), answer: z.string().nullable() }),
])
export type ExecutionOutput = z.infer<typeof executionOutputSchema>

/** What the last expression gave, in the forms of docs/wire.md. */
export const executionValueSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('value'),
    value: z.unknown(),
    typeName: z.string(),
    /** As Python shows it, cut where it is long. */
    repr: z.string(),
  }),
  /** An object that has no JSON form, or a large one. It is let go of when the run ends; this describes it. */
  z.object({
    kind: z.literal('handle'),
    typeName: z.string(),
    repr: z.string(),
    shape: z.array(z.number().int()).optional(),
    dtype: z.string().optional(),
  }),
])
export type ExecutionValue = z.infer<typeof executionValueSchema>

/**
 * How a run ended that did not fail. One that raised ends as a failed job: PYTHON_ERROR with `traceback` and `line` (of the code,
 * from 1, where it is known) in its details. Every failed run has `output` and `isOutputCut` there, too.
 */
export const executionResultSchema = z.object({
  result: executionValueSchema,
  output: z.array(executionOutputSchema),
  /** The output was longer than is kept; the rest was left out. */
  isOutputCut: z.boolean(),
  durationMs: z.number().nonnegative(),
})
export type ExecutionResult = z.infer<typeof executionResultSchema>
