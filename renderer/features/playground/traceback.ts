import { z } from 'zod'
import type { ErrorInfo } from '../../../contract/index.ts'

/** What PYTHON_ERROR carries. `line` counts from 1 in the code that was sent. */
const detailsSchema = z.object({
  traceback: z.string().optional().catch(undefined),
  line: z.number().int().positive().optional().catch(undefined),
})

export interface PythonFailure {
  readonly traceback: string | undefined
  readonly line: number | undefined
}

/** Undefined for a failure that is no exception of the code, nor an interrupt that ended it. */
export function pythonFailureOf(error: ErrorInfo): PythonFailure | undefined {
  const details = detailsSchema.safeParse(error.details ?? {}).data
  const isInterrupt = (error.code === 'CANCELLED' || error.code === 'TIMEOUT') && details?.traceback !== undefined
  if (error.code !== 'PYTHON_ERROR' && !isInterrupt) return undefined
  return { traceback: details?.traceback, line: details?.line }
}

export interface TracebackLine {
  readonly text: string
  /** It tells of the line that failed. */
  readonly isFailing: boolean
}

/** A frame of code that has no file: what was sent is such. */
const ownFrame = /^\s*File "<[^">]*>", line (\d+)/u

/** The traceback by lines; marked is the last frame that names the failing line, with the source and the pointers under it. */
export function tracebackLines(traceback: string, line: number | undefined): readonly TracebackLine[] {
  const lines = traceback.trimEnd().split('\n')
  const first = lines.findLastIndex((text) => line !== undefined && Number(ownFrame.exec(text)?.[1]) === line)
  let end = first + 1
  // What belongs to a frame stands deeper than its `File` line, which has two spaces.
  while (first !== -1 && /^ {4}/u.test(lines[end] ?? '')) end += 1
  return lines.map((text, at) => ({ text, isFailing: first !== -1 && at >= first && at < end }))
}
