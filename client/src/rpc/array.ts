import type { Messages } from '../_generated/python-service.ts'
import { isDtype, widthOf } from '../values/arrays.ts'
import { BackendError } from '../errors.ts'
import type { Reply } from '../transport.ts'

/** Puts the pieces of an array where they belong as they come. */
export class ArrayReceiver {
  #dtype = ''
  #shape: readonly number[] = []
  #whole: Uint8Array | undefined
  #filled = 0

  /** @throws BackendError PROTOCOL when the pieces are of no array. */
  take({ dtype, shape, data }: Messages['ArrayChunk']): void {
    if (!this.isBegun) this.begin(dtype, shape)
    this.fill(data)
  }

  get isBegun(): boolean {
    return this.#whole !== undefined
  }

  /** @throws BackendError PROTOCOL when there are no such arrays. */
  begin(dtype: string, shape: readonly number[]): void {
    if (!isDtype(dtype)) throw broken(`an array of "${dtype}"`)
    this.#dtype = dtype
    this.#shape = shape
    const bytes = shape.reduce((product, length) => product * length, widthOf(dtype))
    // Not zeroed: `reply` gives it away only when all of it has come.
    this.#whole = new Uint8Array(Buffer.allocUnsafeSlow(bytes).buffer)
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

function broken(what: string): BackendError {
  return new BackendError('PROTOCOL', `The server sent ${what} of an array.`, {
    hint: 'Client and server are of different versions; update the older one.',
  })
}
