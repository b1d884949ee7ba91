import { onAbort } from './abort.ts'
import { EventQueue } from './event-queue.ts'
import { executionEvent, sizeOf } from './execution-event.ts'
import type { ExecuteOptions, Execution, ExecutionEvent, ExecutionResult, InputEvent } from './execution.ts'
import type { JsonObject } from './values/json.ts'
import type { ExecutionControls, ExecutionListener } from './transport.ts'

// Characters of events that may wait for whoever reads them.
const mostWaiting = 1024 * 1024

/** Sends the code, and resolves with what became of it. */
export type StartExecution<T> = (listener: ExecutionListener, signal: AbortSignal) => Promise<ExecutionResult<T>>

export class RunningExecution<T> implements Execution<T>, ExecutionListener {
  readonly result: Promise<ExecutionResult<T>>
  readonly #options: ExecuteOptions
  readonly #stop = new AbortController()
  readonly #queue: EventQueue<ExecutionEvent>
  #controls: ExecutionControls | undefined
  #isRead = false
  #isOver = false
  #failure: { readonly cause: unknown } | undefined

  constructor(start: StartExecution<T>, options: ExecuteOptions) {
    this.#options = options
    this.#queue = new EventQueue(
      mostWaiting,
      (isFull) => this.#flow(isFull),
      () => this.cancel(),
    )
    this.result = this.#run(start)
  }

  cancel(): void {
    if (!this.#isOver) this.#stop.abort()
  }

  [Symbol.asyncIterator](): AsyncIterator<ExecutionEvent, undefined> {
    this.#isRead = true
    this.#flow(this.#queue.isFull)
    // Whoever reads hears of a failure at the end of the events.
    this.result.catch(() => {})
    return this.#queue
  }

  // ExecutionListener

  started(controls: ExecutionControls): void {
    this.#controls = controls
    this.#flow(this.#queue.isFull)
  }

  event(fields: JsonObject): void {
    try {
      this.#take(fields)
    } catch (cause) {
      this.#fail(cause)
    }
  }

  // Inside

  async #run(start: StartExecution<T>): Promise<ExecutionResult<T>> {
    const { signal } = this.#options
    if (signal?.aborted) this.#stop.abort(signal.reason)
    const release = signal && onAbort(signal, (reason) => this.#stop.abort(reason))
    try {
      const result = await start(this, this.#stop.signal)
      this.#queue.end()
      return result
    } catch (error) {
      const reason = this.#failure === undefined ? error : this.#failure.cause
      this.#queue.end(reason)
      throw reason
    } finally {
      this.#isOver = true
      release?.()
    }
  }

  #take(fields: JsonObject): void {
    if (this.#isOver || this.#stop.signal.aborted) return
    const seen = executionEvent(fields)
    if (seen === undefined) return
    const { onOutput, onDisplay } = this.#options
    if (seen.type === 'input') this.#ask(seen)
    else if (seen.type === 'output' && onOutput !== undefined) onOutput(seen.text, seen.stream)
    else if (seen.type === 'display' && onDisplay !== undefined) onDisplay(seen.data, seen.isResult)
    else this.#keep(seen)
  }

  /** Where nobody reads, what is beyond the first megabyte is dropped: the code must not wait for nobody. */
  #keep(event: ExecutionEvent): void {
    if (this.#isRead || !this.#queue.isFull) this.#queue.push(event, sizeOf(event))
  }

  #ask({ type, prompt, password }: Pick<InputEvent, 'type' | 'prompt' | 'password'>): void {
    const { onInput } = this.#options
    if (onInput !== undefined) {
      Promise.resolve(onInput(prompt, password)).then(
        (text) => this.#answer(text ?? null),
        (cause: unknown) => this.#fail(cause),
      )
    } else if (this.#isRead) {
      const answer = (text: string): void => this.#answer(text)
      this.#queue.push({ type, prompt, password, answer, end: () => this.#answer(null) }, 0)
    } else this.#answer(null)
  }

  #answer(text: string | null): void {
    if (!this.#isOver) this.#controls?.answer(text)
  }

  /** A callback threw, or the server sent nonsense: the run ends with that. */
  #fail(cause: unknown): void {
    this.#failure ??= { cause }
    this.cancel()
  }

  #flow(isFull: boolean): void {
    if (isFull && this.#isRead) this.#controls?.pause()
    else this.#controls?.resume()
  }
}
