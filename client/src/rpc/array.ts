import { isDtype, widthOf } from '../values/arrays.ts'
import { BackendError } from '../errors.ts'
import type { Reply } from '../transport.ts'

/** Puts the pieces of an array where they belong as they come. */
export class ArrayReceiver {
  #dtype = ''
  #shape: readonly number[] = []
  #whole: Uint8Array | undefined
  #filled = 0

  get isBegun(): boolean {
    return this.#whole !== undefined
  }

  /** @throws BackendError PROTOCOL when there are no such arrays, or none so large. */
  begin(dtype: string, shape: readonly number[]): void {
    if (!isDtype(dtype)) throw broken(`an array of "${dtype}"`)
    if (!shape.every((length) => Number.isSafeInteger(length) && length >= 0))
      throw broken(`the shape [${shape.join(', ')}]`)
    this.#dtype = dtype
    this.#shape = shape
    this.#whole = memoryOf(shape.reduce((product, length) => product * length, widthOf(dtype)))
  }

  /** The next bytes, once it is begun. @throws BackendError PROTOCOL when they are too many. */
  fill(data: Uint8Array): void {
    const whole = this.#whole
    if (whole === undefined) throw broken('bytes without a dtype')
    if (this.#filled + data.byteLength > whole.byteLength) throw broken(`more than the ${whole.byteLength} bytes`)
    whole.set(data, this.#filled)
    this.#filled += data.byteLength
  }

  /** The array, in the form that it has on every transport. @throws BackendError PROTOCOL when some of it is missing. */
  reply(): Reply {
    const whole = this.#whole
    if (whole === undefined) throw broken('nothing')
    if (this.#filled < whole.byteLength) throw broken(`${this.#filled} of the ${whole.byteLength} bytes`)
    const data = { $type: 'array', attachment: 0, dtype: this.#dtype, shape: this.#shape }
    return { fields: { data }, attachments: [whole], tagged: true }
  }
}

function memoryOf(bytes: number): Uint8Array {
  try {
    // Not zeroed: `reply` gives it away only when all of it has come.
    return new Uint8Array(Buffer.allocUnsafeSlow(bytes).buffer)
  } catch (cause) {
    throw new BackendError('PROTOCOL', `The server sent an array of ${bytes} bytes, more than memory holds.`, {
      hint: 'Ask for a part of it.',
      details: { bytes },
      cause,
    })
  }
}

function broken(what: string): BackendError {
  return new BackendError('PROTOCOL', `The server sent ${what} of an array.`, {
    hint: 'Client and server are of different versions; update the older one.',
  })
}
