import { median } from './measure.ts'

/** The figures of all rounds, by name; what is told is their median. */
export class Figures {
  readonly #noted = new Map<string, number[]>()

  readonly note = (name: string, value: number): void => {
    this.#noted.set(name, [...(this.#noted.get(name) ?? []), value])
  }

  of(name: string): number {
    return median(this.#noted.get(name) ?? [])
  }
}
