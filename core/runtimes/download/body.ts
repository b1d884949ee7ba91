import type { Readable } from 'node:stream'

/** Bytes that may wait to be taken before the sender is held back. */
const waitingBytes = 4 * 1024 * 1024

/**
 * The bytes of a stream, all those that arrived before a failure included. Node's own iteration throws what it has buffered away when
 * the connection breaks; a line that breaks every few kilobytes would then never get anywhere.
 */
export function everyByte(stream: Readable): AsyncIterable<Uint8Array> {
  const waiting: Uint8Array[] = []
  let bytes = 0
  let end: { readonly error: Error | undefined } | undefined
  let wake = () => {}
  stream.on('data', (chunk: Uint8Array) => {
    waiting.push(chunk)
    bytes += chunk.byteLength
    if (bytes > waitingBytes) stream.pause()
    wake()
  })
  const finish = (error?: Error) => {
    end ??= { error }
    wake()
  }
  stream.on('end', () => finish())
  stream.on('error', finish)
  stream.on('close', () => finish(new Error('the connection was closed')))
  async function* taken() {
    for (;;) {
      const chunk = waiting.shift()
      if (chunk !== undefined) {
        bytes -= chunk.byteLength
        if (stream.isPaused() && bytes < waitingBytes) stream.resume()
        yield chunk
      } else if (end !== undefined) {
        if (end.error) throw end.error
        return
      } else {
        await new Promise<void>((resolve) => (wake = resolve))
      }
    }
  }
  return taken()
}
