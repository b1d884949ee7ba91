import type { LogLine } from '../../contract/index.ts'

/** The newest lines of one server's log, without gaps, bounded. Changed in place: a hundred thousand lines are not copied for each batch. */
export interface LogBuffer {
  lines: LogLine[]
  /** Most lines it keeps. */
  limit: number
}

/** `gap`: lines between the known ones and these were missed, so the buffer begins anew with these. */
export type Appended = 'nothing' | 'lines' | 'gap'

export function createLogBuffer(limit: number): LogBuffer {
  return { lines: [], limit }
}

/** Adds what comes after the last known line; a line that is known already is skipped. */
export function appendLines(buffer: LogBuffer, lines: readonly LogLine[]): Appended {
  const last = buffer.lines.at(-1)?.seq
  const added = last === undefined ? lines : lines.filter((line) => line.seq > last)
  const first = added[0]
  if (first === undefined) return 'nothing'
  const isGap = last !== undefined && first.seq > last + 1
  if (isGap) buffer.lines = [...added]
  else for (const line of added) buffer.lines.push(line)
  // A tenth over the limit, so that the cut is made now and then and not for each batch.
  if (buffer.lines.length > buffer.limit * 1.1) buffer.lines = buffer.lines.slice(-buffer.limit)
  return isGap ? 'gap' : 'lines'
}

/** Puts a fetched stretch, which ends with the newest line at that moment, under what has arrived since: the two may overlap. */
export function mergeLines(buffer: LogBuffer, fetched: readonly LogLine[]): void {
  const last = fetched.at(-1)?.seq ?? -1
  const newer = buffer.lines.filter((line) => line.seq > last)
  buffer.lines = [...fetched, ...newer].slice(-buffer.limit)
}
