import type { Job } from '../../contract/index.ts'

/** Characters of JSON up to which a result travels with every event and list; a snapshot may hold some hundred of them. */
const mostResultChars = 8 * 1024
/** The same for one entry of an error's details: a traceback passes, what the code had printed may not. */
const mostDetailChars = 8 * 1024

/** An ended job as lists and events have it. */
export function abridge(job: Job): Job {
  const { result, error, ...rest } = job
  const details = Object.entries(error?.details ?? {})
  const small = details.filter(([, detail]) => chars(detail) <= mostDetailChars)
  const isResultLarge = chars(result) > mostResultChars
  if (!isResultLarge && small.length === details.length) return job
  return {
    ...rest,
    ...(result === undefined || isResultLarge ? {} : { result }),
    ...(error === undefined ? {} : { error: { ...error, details: Object.fromEntries(small) } }),
    isAbridged: true,
  }
}

/** Characters that the outcome of a job takes up in the history. */
export function weigh({ result, error }: Job): number {
  const held = chars(result) + chars(error?.details)
  return Number.isFinite(held) ? held : 0
}

/** Infinite where it has no JSON, which no door could tell either. */
function chars(value: unknown): number {
  try {
    return JSON.stringify(value)?.length ?? 0
  } catch {
    return Number.POSITIVE_INFINITY
  }
}
