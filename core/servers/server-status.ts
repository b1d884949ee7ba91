import { toErrorInfo } from '../../contract/index.ts'
import type { Endpoint, ErrorInfo, ExitReason, Server, ServerSpec, ServerState } from '../../contract/index.ts'
import type { ServerProcessEntry } from './server-processes.ts'
import { isLive, transition } from './transitions.ts'
import type { ServerHappening } from './transitions.ts'

/** What is known of one server. Every change of it is told. */
export class ServerStatus {
  readonly #processes: () => readonly ServerProcessEntry[]
  readonly #onChange: (server: Server) => void
  #state: ServerState = 'stopped'
  #spec: ServerSpec | undefined
  #endpoint: Endpoint | undefined
  #startedAt: string | undefined
  #error: ErrorInfo | undefined
  #lastExit: ExitReason | undefined
  #workersLost = 0

  constructor(processes: () => readonly ServerProcessEntry[], onChange: (server: Server) => void) {
    this.#processes = processes
    this.#onChange = onChange
  }

  get state(): ServerState {
    return this.#state
  }

  get spec(): ServerSpec | undefined {
    return this.#spec
  }

  get endpoint(): Endpoint | undefined {
    return this.#endpoint
  }

  /** A start: what was known of the life before is past. */
  begin(spec: ServerSpec): void {
    this.#spec = spec
    this.#error = undefined
    this.#lastExit = undefined
    this.#workersLost = 0
    this.become('start')
  }

  ready(endpoint: Endpoint, startedAt: string): void {
    this.#endpoint = endpoint
    this.#startedAt = startedAt
    this.become('ready')
  }

  loseWorker(exit: ExitReason): void {
    this.#workersLost += 1
    this.#lastExit = exit
    this.tell()
  }

  fail(thrown: unknown, exit: ExitReason | undefined): void {
    this.#error = toErrorInfo(thrown)
    this.#lastExit = exit ?? this.#lastExit
    this.become('fail')
  }

  become(happening: ServerHappening): void {
    const next = transition(this.#state, happening)
    if (next === undefined) throw new Error(`a server that is ${this.#state} cannot take "${happening}"`)
    this.#state = next
    if (next !== 'running') this.#endpoint = undefined
    // A failed server keeps the time, which tells that it had been ready once.
    if (next === 'starting' || next === 'stopped') this.#startedAt = undefined
    if (next !== 'failed') this.#error = undefined
    this.tell()
  }

  tell(): void {
    const server = this.server()
    if (server) this.#onChange(server)
  }

  /** The server; undefined before its first start. A description that was saved since shows when it is not live. */
  server(saved?: ServerSpec): Server | undefined {
    const live = isLive(this.#state)
    const spec = live ? this.#spec : (saved ?? this.#spec)
    if (spec === undefined) return undefined
    const processes = this.#processes()
    const front = processes.find(({ role }) => role === (spec.transport === 'http' ? 'http' : 'pool'))
    return {
      name: spec.name,
      transport: spec.transport,
      state: this.#state,
      environment: spec.environment,
      pid: live && front ? front.pid : null,
      processes: [...processes],
      endpoint: this.#endpoint ?? null,
      spec,
      startedAt: this.#startedAt ?? null,
      ...(this.#error ? { error: this.#error } : {}),
      ...(this.#lastExit ? { lastExit: this.#lastExit } : {}),
      workersLost: this.#workersLost,
    }
  }
}
