export interface Taken {
  /** The line, once it is whole; null: the end of the input. */
  readonly ended?: string | null
  /** What was typed behind it. */
  readonly rest: string
  readonly interrupts: boolean
}

const ctrlC = '\u0003'
const ctrlD = '\u0004'
const ctrlU = '\u0015'

/** A line that is typed while the terminal shows nothing, and leaves its keys to us. */
export class HiddenLine {
  #typed: string[] = []

  take(text: string): Taken {
    const keys = [...text]
    let interrupts = false
    for (const [at, key] of keys.entries()) {
      const rest = keys.slice(at + 1).join('')
      if (key === '\r' || key === '\n') return { ended: this.#typed.join(''), rest, interrupts }
      if (key === ctrlD && this.#typed.length === 0) return { ended: null, rest, interrupts }
      if (key === ctrlC) interrupts = true
      else if (key === '\u007f' || key === '\b') this.#typed.pop()
      else if (key === ctrlU) this.#typed = []
      else if (key >= ' ') this.#typed.push(key)
    }
    return { rest: '', interrupts }
  }
}
