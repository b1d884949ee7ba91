import type { LogLine } from '../../../contract/index.ts'

/** The worst first. */
export const logLevels = ['error', 'warning', 'info', 'debug'] as const
export type LogLevel = (typeof logLevels)[number]

/** The words by which the logging of most languages names a level, and what Python says where something went wrong. */
const marks =
  /\b(?:(CRITICAL|FATAL|ERROR|SEVERE)|(WARN(?:ING)?)|(INFO|NOTICE)|(DEBUG|TRACE))\b|^(Traceback \(most recent call last\)|During handling of the above|The above exception was|[\w.]*(?:Error|Exception|Interrupt)(?::|$))|([\w.]*Warning: )/u
/** Characters of a line that are looked at: a level stands at its beginning. */
const lookedAt = 160

/** The level that a line tells itself; undefined where it tells none. */
export function levelMark(text: string): LogLevel | undefined {
  const found = marks.exec(text.length > lookedAt ? text.slice(0, lookedAt) : text)
  if (found === null) return undefined
  const [, error, warning, info, debug, failure, complaint] = found
  if (error !== undefined || failure !== undefined) return 'error'
  if (warning !== undefined || complaint !== undefined) return 'warning'
  return info !== undefined ? 'info' : debug !== undefined ? 'debug' : undefined
}

/**
 * The levels of one log, line after line: what goes on from a line (deeper lines of a traceback) is of its level, and what tells
 * nothing is plain information.
 */
export class LevelReader {
  readonly #last = new Map<string, LogLevel>()

  read({ source, stream, text }: LogLine): LogLevel {
    const key = `${source}/${stream}`
    const level = levelMark(text) ?? (/^\s/u.test(text) ? this.#last.get(key) : undefined) ?? 'info'
    this.#last.set(key, level)
    return level
  }
}

/** True for a level as bad as the least one that is wanted, or worse. */
export function isAsBad(level: LogLevel, least: LogLevel | undefined): boolean {
  return least === undefined || logLevels.indexOf(level) <= logLevels.indexOf(least)
}
