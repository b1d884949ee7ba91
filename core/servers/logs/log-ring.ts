import type { LogLine } from '../../../contract/index.ts'

/** What is kept in memory of one log; further back the files are read. */
const maxLines = 5000
const maxChars = 2 * 1024 * 1024

/** The newest lines of a log. */
export class LogRing {
  #lines: LogLine[] = []
  #chars = 0

  push(lines: readonly LogLine[]): void {
    this.#lines.push(...lines)
    for (const line of lines) this.#chars += line.text.length
    let drop = Math.max(0, this.#lines.length - maxLines)
    for (let at = 0; at < drop; at += 1) this.#chars -= this.#lines[at]?.text.length ?? 0
    for (; this.#chars > maxChars && drop < this.#lines.length - 1; drop += 1)
      this.#chars -= this.#lines[drop]?.text.length ?? 0
    if (drop > 0) this.#lines = this.#lines.slice(drop)
  }

  /**
   * With `after` the first `count` lines with a higher seq, else the last `count`; undefined when some of them lie
   * further back than this memory. `first` is the seq of the very first line, where nothing lies further back.
   */
  read(count: number, after: number | undefined, first: number): readonly LogLine[] | undefined {
    const oldest = this.#lines[0]?.seq
    if (oldest === undefined) return undefined
    if (after === undefined) {
      return this.#lines.length >= count || (oldest === first && first === 0) ? this.#lines.slice(-count) : undefined
    }
    if (after + 1 < oldest) return undefined
    const from = Math.max(0, after + 1 - oldest)
    return this.#lines.slice(from, from + count)
  }
}
