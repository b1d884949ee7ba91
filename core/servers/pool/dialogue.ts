import { z } from 'zod'
import type { Question } from '../../../contract/index.ts'
import type { ShownOutput } from './execution-output.ts'

/** docs/wire.md §2.1 */
const askedSchema = z.object({ event: z.literal('input'), prompt: z.string(), password: z.boolean() })

export interface DialogueDeps {
  readonly shown: Pick<ShownOutput, 'addInput' | 'flush'>
  /** Tells who can answer. */
  readonly asks: (question: Question | undefined) => void
  /** Gives it to the code; null: there is no more input. False: it was not waiting any more. */
  readonly give: (text: string | null) => Promise<boolean>
}

/** What the code of one run asks, one question at a time, and the answers. */
export class Dialogue {
  readonly #deps: DialogueDeps
  #asked: Question | undefined
  #number = 0

  constructor(deps: DialogueDeps) {
    this.#deps = deps
  }

  /** Takes an event as it came from the worker; false: it asks nothing. */
  take(event: unknown): boolean {
    const { data } = askedSchema.safeParse(event)
    if (data === undefined) return false
    this.drop()
    this.#number += 1
    this.#asked = { number: this.#number, prompt: data.prompt, isPassword: data.password }
    this.#deps.shown.flush()
    this.#deps.asks(this.#asked)
    return true
  }

  /** @returns false where nothing was asked, or somebody was quicker. */
  async answer(text: string | null): Promise<boolean> {
    const asked = this.#asked
    if (asked === undefined) return false
    // Before it is given: what the code shows next stands behind it.
    this.#end(asked.isPassword ? null : text)
    return this.#deps.give(text)
  }

  /** Nobody waits for the answer any more. */
  drop(): void {
    if (this.#asked !== undefined) this.#end(null)
  }

  #end(answer: string | null): void {
    this.#deps.shown.addInput(this.#asked?.prompt ?? '', answer)
    this.#asked = undefined
    this.#deps.asks(undefined)
  }
}
