import type { LogLine } from '../../../contract/index.ts'
import { isAsBad, LevelReader } from './log-level.ts'
import type { LogLevel } from './log-level.ts'

/** A line, whose it is, and how bad. */
export interface ShownLine extends LogLine {
  readonly server: string
  readonly level: LogLevel
}

export interface LogFilter {
  /** Absent: all of them. */
  readonly source?: LogLine['source'] | undefined
  readonly stream?: LogLine['stream'] | undefined
  /** This level and what is worse. */
  readonly level?: LogLevel | undefined
}

/** Lines that a lens keeps, over all its servers. */
export const lensLines = 100_000

interface Seen {
  /** Numbers of the oldest and the newest line that were there. */
  readonly first: number
  readonly last: number
}

/**
 * What is on screen of one or more logs: the lines that pass the filter, oldest first, bounded. It looks at new lines alone, so
 * that a log of a hundred thousand lines costs no more for each batch than a short one.
 */
export class LogLens {
  readonly #servers: readonly string[]
  readonly #linesOf: (server: string) => readonly LogLine[]
  readonly #filter: LogFilter
  readonly #limit: number
  readonly #seen = new Map<string, Seen>()
  readonly #levels = new Map<string, LevelReader>()
  #lines: ShownLine[] = []
  /** Lines that were cut off the front so far: position = index + offset stays the same for a line. */
  #offset = 0

  constructor(
    servers: readonly string[],
    linesOf: (server: string) => readonly LogLine[],
    filter: LogFilter = {},
    limit: number = lensLines,
  ) {
    this.#servers = servers
    this.#linesOf = linesOf
    this.#filter = filter
    this.#limit = limit
  }

  /** Changed in place. */
  get lines(): readonly ShownLine[] {
    return this.#lines
  }

  /** Lines that were cut off the front so far. */
  get offset(): number {
    return this.#offset
  }

  /** Lines that have come since the last update, of any kind. */
  get waiting(): number {
    let count = 0
    for (const server of this.#servers) {
      const lines = this.#linesOf(server)
      count += lines.length - indexAfter(lines, this.#seen.get(server)?.last)
    }
    return count
  }

  /** Takes in what has come since. The position from which on lines are new or stand elsewhere; undefined: nothing is different. */
  update(): number | undefined {
    if (this.#servers.some((server) => this.#isRewritten(server))) {
      this.#seen.clear()
      this.#levels.clear()
      this.#offset += this.#lines.length
      this.#lines = []
      return this.#take() ?? this.#offset
    }
    return this.#take()
  }

  /** An older stretch was fetched, or all was forgotten. */
  #isRewritten(server: string): boolean {
    const seen = this.#seen.get(server)
    if (!seen) return false
    const first = this.#linesOf(server)[0]?.seq
    return first === undefined || first < seen.first
  }

  #take(): number | undefined {
    const added: ShownLine[] = []
    for (const server of this.#servers) {
      const lines = this.#linesOf(server)
      const first = lines[0]
      const last = lines.at(-1)
      if (!first || !last) continue
      const reader = this.#readerOf(server)
      for (let at = indexAfter(lines, this.#seen.get(server)?.last); at < lines.length; at += 1) {
        const line = lines[at]
        if (!line) continue
        const shown = { ...line, server, level: reader.read(line) }
        if (passes(shown, this.#filter)) added.push(shown)
      }
      this.#seen.set(server, { first: first.seq, last: last.seq })
    }
    if (added.length === 0) return undefined
    const from = this.#offset + (this.#servers.length > 1 ? this.#merge(added) : this.#append(added))
    // A tenth over the limit, so that the cut is made now and then and not for each batch.
    if (this.#lines.length > this.#limit * 1.1) {
      this.#offset += this.#lines.length - this.#limit
      this.#lines = this.#lines.slice(-this.#limit)
    }
    return Math.max(from, this.#offset)
  }

  #readerOf(server: string): LevelReader {
    let reader = this.#levels.get(server)
    if (!reader) this.#levels.set(server, (reader = new LevelReader()))
    return reader
  }

  /** The index of the first new line. */
  #append(added: readonly ShownLine[]): number {
    const from = this.#lines.length
    for (const line of added) this.#lines.push(line)
    return from
  }

  /** Several logs as one, by time: only the end that the new lines reach into is put in order again. The index where that begins. */
  #merge(added: ShownLine[]): number {
    added.sort(byTime)
    const first = added[0]
    if (!first) return this.#lines.length
    let from = this.#lines.length
    while (from > 0 && byTime(this.#lines[from - 1] ?? first, first) > 0) from -= 1
    const tail = this.#lines.splice(from)
    for (const line of [...tail, ...added].sort(byTime)) this.#lines.push(line)
    return from
  }
}

export function passes(line: ShownLine, { source, stream, level }: LogFilter): boolean {
  return (
    (source === undefined || line.source === source) &&
    (stream === undefined || line.stream === stream) &&
    isAsBad(line.level, level)
  )
}

/** The same instant keeps the order of each log: the sort is stable. Times are ISO 8601 in UTC, so texts compare as times do. */
function byTime(a: ShownLine, b: ShownLine): number {
  return a.at < b.at ? -1 : a.at > b.at ? 1 : 0
}

/** Index of the first line with a higher number. */
function indexAfter(lines: readonly LogLine[], last: number | undefined): number {
  if (last === undefined) return 0
  let low = 0
  let high = lines.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((lines[middle]?.seq ?? 0) > last) high = middle
    else low = middle + 1
  }
  return low
}
