import { adminEnvironmentName, startsAgain } from '../../../contract/index.ts'
import type { AppError, ExitReason, Restarts as ShownRestarts, Transport } from '../../../contract/index.ts'
import type { Secrets } from '../../events/index.ts'
import { frontRoleOf } from '../launch-config.ts'
import { systemClock } from './restart-clock.ts'
import type { RestartClock } from './restart-clock.ts'
import { describeVerdict, gaveUp } from './restart-report.ts'
import { Restarts } from './restarts.ts'
import type { RunPlan } from '../run-plan.ts'
import type { ServerStatus } from '../server-status.ts'

/** Where clients reached a server that is to come back there. */
export interface Kept {
  readonly transport: Transport
  readonly port: number | null
  readonly token: string | null
  /** Of the pool's own address, where that has one. */
  readonly poolToken: string | undefined
}

export interface ComebackDeps {
  readonly status: ServerStatus
  readonly say: (text: string) => void
  readonly clock: RestartClock | undefined
  readonly secrets: Secrets
  /** Starts it, unless the signal comes first. Whatever keeps it from that has been told to `fail` by then. */
  readonly start: (signal: AbortSignal) => Promise<unknown>
  /** Settles when nothing is left of the one that died; true: something would not go. */
  readonly cleared: () => Promise<boolean>
}

/** What becomes of a server that is down: it says why, and comes back by itself where its policy wants that. */
export class Comeback {
  readonly #deps: ComebackDeps
  readonly #restarts: Restarts
  #kept: Kept | undefined
  /** A wait is over, and its start under way. */
  #returning: AbortController | undefined
  /** Its tokens will be good again, while the life that had them is over. */
  #forgetSecrets = () => {}

  constructor(deps: ComebackDeps) {
    this.#deps = deps
    this.#restarts = new Restarts(deps.clock ?? systemClock, () => void this.#due())
  }

  get kept(): Kept | undefined {
    return this.#kept
  }

  get shown(): ShownRestarts | undefined {
    return this.#restarts.shown
  }

  /** Environments that it is to come back to. */
  get uses(): readonly string[] {
    const server = this.#deps.status.server()
    if (!server || !startsAgain(server)) return []
    return frontRoleOf(server.transport) ? [server.environment, adminEnvironmentName] : [server.environment]
  }

  ready(): void {
    this.#keep(undefined)
    this.#restarts.ready()
  }

  /** It has failed: in mid-life, where `lived` is its plan and its port, or on its way up. */
  fail(thrown: unknown, exit: ExitReason | undefined, lived?: readonly [RunPlan, number | null]): void {
    const { status, say } = this.#deps
    const verdict = this.#restarts.ended(status.server()?.spec.restart ?? 'never', thrown)
    const error = verdict.kind === 'give-up' ? gaveUp(thrown, verdict.count.attempt, verdict.tookMs) : thrown
    say(`failed: ${error instanceof Error ? error.message : String(error)}`)
    const next = describeVerdict(verdict)
    if (next !== undefined) say(next)
    if (verdict.kind !== 'again') this.#keep(undefined)
    else if (lived) this.#keep(keptOf(...lived))
    status.fail(error, exit, this.shown)
  }

  /** Somebody starts it. In the middle of a wait that is what they want sooner, and where it was. */
  takeOver(): void {
    this.#restarts.reset()
  }

  /** A start met something before it had begun: passes it on, and tells it where nobody else would. */
  refuse(thrown: unknown): never {
    // Nobody waits for a start by itself: the server has to tell.
    if (this.shown) this.fail(thrown, undefined)
    else if (this.#kept) {
      this.giveUp()
      this.#deps.status.tell()
    }
    throw thrown
  }

  /** Waits no more, and takes back a start that nobody but itself wants. */
  giveUp(why?: string): void {
    const isComing = this.#restarts.isWaiting || this.#returning !== undefined
    if (isComing && why !== undefined) this.#deps.say(`is not started again: ${why}`)
    this.#returning?.abort()
    this.#returning = undefined
    this.#restarts.reset()
    this.#keep(undefined)
    this.#deps.status.forgetRestarts()
  }

  /** Something of the one before would not go, so that nothing can take its place. Says so whether a wait is over or not. */
  block(problem: AppError): void {
    if (this.shown?.gaveUp === false) this.#deps.say(`is not started again: ${problem.message}`)
    this.giveUp()
  }

  #keep(kept: Kept | undefined): void {
    const tokens = [kept?.token, kept?.poolToken].filter((token) => typeof token === 'string')
    const forget = tokens.map((token) => this.#deps.secrets.add(token))
    this.#forgetSecrets()
    this.#forgetSecrets = () => forget.forEach((one) => one())
    this.#kept = kept
  }

  /** A wait is over. */
  async #due(): Promise<void> {
    const { count } = this.#restarts
    const returning = new AbortController()
    this.#returning = returning
    try {
      if (await this.#deps.cleared()) return
      // Somebody may have stopped or started it meanwhile.
      if (this.#restarts.count !== count || this.#deps.status.state !== 'failed') return
      this.#restarts.cancel()
      await this.#deps.start(returning.signal).catch(() => {})
    } finally {
      if (this.#returning === returning) this.#returning = undefined
    }
  }
}

function keptOf({ spec, token, address }: RunPlan, port: number | null): Kept {
  return { transport: spec.transport, port, token, poolToken: address.token }
}
