import type { LogLens, ShownLine } from './log-lens.ts'

/** Positions (index plus the lens's offset) of the lines that hold a text, upper or lower case; it looks at new lines alone. */
export class LogSearch {
  readonly #lens: LogLens
  /** Undefined for an empty query. A pattern looks without making a folded copy of each line. */
  readonly #wanted: RegExp | undefined
  #hits: number[] = []
  /** Position up to which it has looked. */
  #end = 0
  #lastLine: ShownLine | undefined

  constructor(lens: LogLens, query: string) {
    this.#lens = lens
    this.#wanted =
      query === '' ? undefined : new RegExp(query.replaceAll(/[$()*+.?[\\\]^{|}]/gu, String.raw`\$&`), 'iu')
  }

  /** Ascending. Empty for an empty query. */
  get hits(): readonly number[] {
    return this.#hits
  }

  update(): void {
    const wanted = this.#wanted
    if (!wanted) return
    const { lines, offset } = this.#lens
    const last = this.#lastLine
    // Lines of another log may have been put between the ones already seen.
    const isSame = last === undefined || this.#end - offset <= 0 || lines[this.#end - 1 - offset] === last
    if (!isSame) {
      this.#hits = []
      this.#end = 0
    }
    const firstKept = this.#hits.findIndex((position) => position >= offset)
    if (firstKept !== 0) this.#hits = firstKept === -1 ? [] : this.#hits.slice(firstKept)
    for (let at = Math.max(0, this.#end - offset); at < lines.length; at += 1) {
      if (wanted.test(lines[at]?.text ?? '')) this.#hits.push(at + offset)
    }
    this.#end = offset + lines.length
    this.#lastLine = lines.at(-1)
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
