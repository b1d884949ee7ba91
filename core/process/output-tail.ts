import { StringDecoder } from 'node:string_decoder'

/** Longest line kept in one piece; what is longer goes on in a further line, so that one line cannot fill the memory. */
const maxLineChars = 16 * 1024

/** Cuts a byte stream into lines, whatever its chunks are. `\r\n`, `\n` and a progress bar's lone `\r` all end a line. */
export class LineSplitter {
  readonly #decoder = new StringDecoder('utf8')
  readonly #emit: (line: string) => void
  #rest = ''

  constructor(emit: (line: string) => void) {
    this.#emit = emit
  }

  push(chunk: Uint8Array): void {
    this.#take(this.#decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)))
  }

  /** Gives out what has no line end yet. */
  end(): void {
    this.#take(this.#decoder.end())
    const rest = this.#rest.endsWith('\r') ? this.#rest.slice(0, -1) : this.#rest
    if (this.#rest !== '') this.#emitBounded(rest)
    this.#rest = ''
  }

  #take(text: string): void {
    // A `\r` at the very end stays: the next chunk may begin with its `\n`.
    const parts = (this.#rest + text).split(/\r\n|\n|\r(?!$)/u)
    this.#rest = parts.pop() ?? ''
    for (const line of parts) this.#emitBounded(line)
    while (this.#rest.length > maxLineChars) {
      const end = pieceEnd(this.#rest, 0)
      this.#emit(this.#rest.slice(0, end))
      this.#rest = this.#rest.slice(end)
    }
  }

  #emitBounded(line: string): void {
    let at = 0
    do {
      const end = pieceEnd(line, at)
      this.#emit(line.slice(at, end))
      at = end
    } while (at < line.length)
  }
}

/** Where a piece that begins at `from` ends: never between the halves of one character. */
function pieceEnd(text: string, from: number): number {
  const end = from + maxLineChars
  if (end >= text.length) return text.length
  const before = text.charCodeAt(end - 1)
  return before >= 0xd800 && before <= 0xdbff ? end - 1 : end
}

/** The last lines of an output: bounded in lines and in characters, so that a chatty child costs nothing. */
export class OutputTail {
  readonly #lines: string[] = []
  readonly #maxLines: number
  readonly #maxChars: number
  #chars = 0

  constructor(maxLines = 50, maxChars = 64 * 1024) {
    this.#maxLines = maxLines
    this.#maxChars = maxChars
  }

  add(line: string): void {
    this.#lines.push(line)
    this.#chars += line.length
    while (this.#lines.length > this.#maxLines || (this.#chars > this.#maxChars && this.#lines.length > 1)) {
      this.#chars -= this.#lines.shift()!.length
    }
  }

  get lines(): readonly string[] {
    return [...this.#lines]
  }
}
