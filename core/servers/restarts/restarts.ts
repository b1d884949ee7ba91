import type { RestartPolicy, Restarts as ShownRestarts } from '../../../contract/index.ts'
import type { RestartClock } from './restart-clock.ts'
import { judgeEnding, restartRules } from './restart-policy.ts'
import type { RestartCount, RestartVerdict } from './restart-policy.ts'

/** The starts of one server that nobody asked for: counts them, waits, and says when. */
export class Restarts {
  readonly #clock: RestartClock
  /** Told when a wait is over. */
  readonly #onDue: () => void
  #count: RestartCount | undefined
  #gaveUp = false
  #waiting: { readonly nextAt: string; readonly cancel: () => void } | undefined
  #readyAt: number | undefined

  constructor(clock: RestartClock, onDue: () => void) {
    this.#clock = clock
    this.#onDue = onDue
  }

  get isWaiting(): boolean {
    return this.#waiting !== undefined
  }

  /** Another one, or none, as soon as something has happened meanwhile. */
  get count(): RestartCount | undefined {
    return this.#count
  }

  get shown(): ShownRestarts | undefined {
    if (this.#count === undefined) return undefined
    const { attempt } = this.#count
    return { attempt, most: restartRules.most, nextAt: this.#waiting?.nextAt ?? null, gaveUp: this.#gaveUp }
  }

  ready(): void {
    this.#readyAt = this.#clock.now()
  }

  /** The server has ended by itself, or a start has failed: decides, and begins to wait where there is something to wait for. */
  ended(policy: RestartPolicy, error: unknown): RestartVerdict {
    this.cancel()
    const now = this.#clock.now()
    const ranMs = this.#readyAt === undefined ? undefined : now - this.#readyAt
    this.#readyAt = undefined
    const verdict = judgeEnding({ policy, error, ranMs, count: this.#count, now, chance: this.#clock.chance() })
    this.#gaveUp = verdict.kind === 'give-up'
    if (verdict.kind !== 'stay') this.#count = verdict.count
    if (verdict.kind === 'again') this.#wait(verdict.delayMs)
    return verdict
  }

  /** Ends the wait. What was counted stays. */
  cancel(): void {
    this.#waiting?.cancel()
    this.#waiting = undefined
  }

  /** Somebody has taken the matter into their own hands: whatever was is forgotten. */
  reset(): void {
    this.cancel()
    this.#count = undefined
    this.#gaveUp = false
    this.#readyAt = undefined
  }

  #wait(ms: number): void {
    const cancel = this.#clock.after(ms, () => {
      this.#waiting = undefined
      this.#onDue()
    })
    this.#waiting = { nextAt: new Date(Date.now() + ms).toISOString(), cancel }
  }
}
