import type { LogLine } from '../../../contract/index.ts'

/** A line and whose it is. */
export interface ShownLine extends LogLine {
  readonly server: string
}

export interface LogFilter {
  /** Absent: all of them. */
  readonly source?: LogLine['source'] | undefined
  readonly stream?: LogLine['stream'] | undefined
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

  /** Takes in what has come since. True when anything on screen is different. */
  update(): boolean {
    if (this.#servers.some((server) => this.#isRewritten(server))) {
      this.#seen.clear()
      this.#offset += this.#lines.length
      this.#lines = []
      this.#take()
      return true
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

  #take(): boolean {
    const added: ShownLine[] = []
    for (const server of this.#servers) {
      const lines = this.#linesOf(server)
      const first = lines[0]
      const last = lines.at(-1)
      if (!first || !last) continue
      for (let at = indexAfter(lines, this.#seen.get(server)?.last); at < lines.length; at += 1) {
        const line = lines[at]
        if (line && passes(line, this.#filter)) added.push({ ...line, server })
      }
      this.#seen.set(server, { first: first.seq, last: last.seq })
    }
    if (added.length === 0) return false
    if (this.#servers.length > 1) this.#merge(added)
    else for (const line of added) this.#lines.push(line)
    // A tenth over the limit, so that the cut is made now and then and not for each batch.
    if (this.#lines.length > this.#limit * 1.1) {
      this.#offset += this.#lines.length - this.#limit
      this.#lines = this.#lines.slice(-this.#limit)
    }
    return true
  }

  /** Several logs as one, by time: only the end that the new lines reach into is put in order again. */
  #merge(added: ShownLine[]): void {
    added.sort(byTime)
    const first = added[0]
    if (!first) return
    let from = this.#lines.length
    while (from > 0 && byTime(this.#lines[from - 1] ?? first, first) > 0) from -= 1
    const tail = this.#lines.splice(from)
    for (const line of [...tail, ...added].sort(byTime)) this.#lines.push(line)
  }
}

export function passes(line: LogLine, { source, stream }: LogFilter): boolean {
  return (source === undefined || line.source === source) && (stream === undefined || line.stream === stream)
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
