import { StringDecoder } from 'node:string_decoder'

/** The lines of a byte stream, without their ends; empty ones are left out. What follows the last line end is no line. */
export async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<string, void, undefined> {
  const decoder = new StringDecoder('utf8')
  let parts: string[] = []
  for await (const chunk of chunks) {
    parts.push(decoder.write(chunk))
    if (!chunk.includes(0x0a)) continue // a line of megabytes is joined once, not at every chunk
    const lines = parts.join('').split(/\r?\n/)
    parts = [lines.pop() ?? '']
    for (const line of lines) if (line !== '') yield line
  }
}
