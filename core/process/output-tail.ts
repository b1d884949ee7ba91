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
    if (this.#rest !== '') this.#emit(this.#rest)
    this.#rest = ''
  }

  #take(text: string): void {
    const parts = (this.#rest + text).split(/\r\n|\n|\r(?!$)/u)
    this.#rest = parts.pop() ?? ''
    for (const line of parts) this.#emitBounded(line)
    while (this.#rest.length > maxLineChars) {
      this.#emit(this.#rest.slice(0, maxLineChars))
      this.#rest = this.#rest.slice(maxLineChars)
    }
  }

  #emitBounded(line: string): void {
    for (let at = 0; at === 0 || at < line.length; at += maxLineChars) this.#emit(line.slice(at, at + maxLineChars))
  }
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
