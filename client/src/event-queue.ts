/** What arrives for one reader, at his pace. */
export class EventQueue<T> implements AsyncIterator<T, undefined> {
  readonly #onLevel: (isFull: boolean) => void
  readonly #onLeave: () => void
  readonly #most: number
  readonly #items: { readonly item: T; readonly size: number }[] = []
  #size = 0
  #isFull = false
  #wake: (() => void) | undefined
  #over: { readonly error: unknown } | undefined

  /**
   * @param most how much may wait, in the unit of the sizes that are pushed.
   * @param onLevel told when more than that waits, and again when less than half of it does.
   * @param onLeave told when the reader wants no more.
   */
  constructor(most: number, onLevel: (isFull: boolean) => void, onLeave: () => void) {
    this.#most = most
    this.#onLevel = onLevel
    this.#onLeave = onLeave
  }

  get isFull(): boolean {
    return this.#isFull
  }

  push(item: T, size: number): void {
    this.#items.push({ item, size })
    this.#setSize(this.#size + size)
    this.#wake?.()
  }

  /** Nothing more comes. With an error, reading ends with it. */
  end(error?: unknown): void {
    this.#over ??= { error }
    this.#wake?.()
  }

  async next(): Promise<IteratorResult<T, undefined>> {
    for (;;) {
      const first = this.#items.shift()
      if (first !== undefined) {
        this.#setSize(this.#size - first.size)
        return { done: false, value: first.item }
      }
      if (this.#over !== undefined) {
        const { error } = this.#over
        this.#over = { error: undefined }
        if (error !== undefined) throw error
        return { done: true, value: undefined }
      }
      await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }

  async return(): Promise<IteratorResult<T, undefined>> {
    this.#items.length = 0
    this.#setSize(0)
    this.#over = { error: undefined }
    this.#onLeave()
    return { done: true, value: undefined }
  }

  #setSize(size: number): void {
    this.#size = size
    const isFull = this.#isFull ? size > this.#most / 2 : size > this.#most
    if (isFull === this.#isFull) return
    this.#isFull = isFull
    this.#onLevel(isFull)
  }
}
