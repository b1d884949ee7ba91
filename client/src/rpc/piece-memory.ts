// Smaller memory may be the pool that Node cuts short buffers out of, where that is small and can be detached. A read has 64 KiB.
const leastAlone = 16 * 1024

/**
 * Gives the memory of one connection's pieces back as soon as they are copied. Left to the collector, the pieces of a large array
 * make it come more often than the work itself takes. Where Node cannot (before 22) nothing happens.
 */
export class PieceMemory {
  #latest: ArrayBufferLike | undefined

  /**
   * The piece has been copied, and nobody uses it any more. Several pieces lie in the memory of one read from the socket; when one
   * of another read comes, nobody needs those of the last: neither Node nor, if it is alone, a stream.
   * @param isAlone no other stream of the connection is open, whether or not its call has been given up.
   */
  copied(piece: Uint8Array, isAlone: boolean): void {
    const before = this.#latest
    this.#latest = piece.buffer
    if (before === undefined || before === piece.buffer || !isAlone || before.byteLength < leastAlone) return
    if (before instanceof ArrayBuffer && 'transfer' in before) giveBack(before)
  }
}

function giveBack(memory: ArrayBuffer): void {
  try {
    memory.transfer(0)
  } catch {
    // It cannot be detached. So it is with the pool where that is large (64 KiB in Node 24): others have their part in it.
  }
}
