import type { Messages } from '../_generated/python-service.ts'
import type { Reply } from '../transport.ts'

/** Puts the pieces of a table together. */
export class TableReceiver {
  readonly #pieces: Uint8Array[] = []
  #rows = 0
  #size = 0

  take({ data, rows }: Messages['TableChunk']): void {
    if (this.#pieces.length === 0) this.#rows = rows
    this.#pieces.push(data)
    this.#size += data.byteLength
  }

  /** The table, in the form that it has on every transport. */
  reply(): Reply {
    const whole = new Uint8Array(this.#size)
    let filled = 0
    for (const piece of this.#pieces) {
      whole.set(piece, filled)
      filled += piece.byteLength
    }
    const data = { $type: 'table', attachment: 0, rows: this.#rows }
    return { fields: { data }, attachments: [whole], tagged: true }
  }
}
