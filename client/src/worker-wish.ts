import type { JsonObject } from './values/json.ts'

/** What always leaves an object behind. */
const makesHandles: ReadonlySet<string> = new Set(['import', 'create', 'wrap'])

/**
 * The worker that a client would rather have where a front chooses (docs/wire.md §2.7). What it keeps outside of sessions shall be
 * together; calls that keep nothing go wherever there is the least to do, until it has kept something.
 */
export class WorkerWish {
  #worker: number | undefined
  #isSettled = false

  /** @param holds it has an object of ours, outside of all sessions. */
  met(worker: number, holds: boolean): void {
    if (this.#isSettled) return
    if (holds || this.#worker === undefined) this.#worker = worker
    this.#isSettled = holds
  }

  of(command: string, payload: JsonObject): number | undefined {
    if (this.#worker === undefined || payload['sessionId'] !== undefined) return undefined
    return this.#isSettled || makesHandles.has(command) ? this.#worker : undefined
  }
}
