import type { LogLens } from './log-lens.ts'
import { rowText } from './log-text.ts'

/** Positions (index plus the lens's offset) of the lines that show a text, upper or lower case; it looks at new lines alone. */
export class LogSearch {
  readonly #lens: LogLens
  /** Undefined for an empty query. A pattern looks without making a folded copy of each line. */
  readonly #wanted: RegExp | undefined
  #hits: number[] = []
  /** Position up to which it has looked. */
  #end = 0

  constructor(lens: LogLens, query: string) {
    this.#lens = lens
    this.#wanted =
      query === '' ? undefined : new RegExp(query.replaceAll(/[$()*+.?[\\\]^{|}]/gu, String.raw`\$&`), 'iu')
  }

  /** Ascending. Empty for an empty query. */
  get hits(): readonly number[] {
    return this.#hits
  }

  /** Looks at the lines from this position on, which the lens told; what lies before is as it was. */
  update(from = 0): void {
    const wanted = this.#wanted
    if (!wanted) return
    const { lines, offset } = this.#lens
    const begin = Math.max(offset, Math.min(from, this.#end))
    // Hits that were cut off the front, and those that are looked for anew.
    if ((this.#hits[0] ?? offset) < offset) this.#hits = this.#hits.filter((position) => position >= offset)
    while ((this.#hits.at(-1) ?? -1) >= begin) this.#hits.pop()
    for (let at = begin - offset; at < lines.length; at += 1) {
      const line = lines[at]
      if (line && wanted.test(rowText(line))) this.#hits.push(at + offset)
    }
    this.#end = offset + lines.length
  }
}

/** The hit after (or before) a position, around the end; the last one where there is no position yet: the newest is what one looks for first. */
export function nextHit(hits: readonly number[], from: number | undefined, step: 1 | -1): number | undefined {
  if (from === undefined) return step === 1 ? hits[0] : hits.at(-1)
  if (step === 1) return hits.find((position) => position > from) ?? hits[0]
  return hits.findLast((position) => position < from) ?? hits.at(-1)
}

/** A text cut where it holds the query: every second part is a match. */
export function parts(text: string, query: string): readonly string[] {
  const wanted = query.toLowerCase()
  const folded = text.toLowerCase()
  // A few letters change their length with their case: then the places would be wrong.
  if (wanted === '' || folded.length !== text.length) return [text]
  const found: string[] = []
  let from = 0
  for (let at = folded.indexOf(wanted); at !== -1; at = folded.indexOf(wanted, from)) {
    found.push(text.slice(from, at), text.slice(at, at + wanted.length))
    from = at + wanted.length
  }
  return [...found, text.slice(from)]
}
