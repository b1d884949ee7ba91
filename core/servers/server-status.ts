import { toErrorInfo } from '../../contract/index.ts'
import type {
  Endpoint,
  ErrorInfo,
  ExitReason,
  Restarts,
  Server,
  ServerSpec,
  ServerState,
} from '../../contract/index.ts'
import { frontRoleOf } from './launch-config.ts'
import type { ServerProcessEntry } from './server-processes.ts'
import { isLive, transition } from './transitions.ts'
import type { ServerHappening } from './transitions.ts'

/** What is known of one server. Every change of it is told. */
export class ServerStatus {
  readonly #processes: () => readonly ServerProcessEntry[]
  readonly #onChange: (server: Server) => void
  #state: ServerState = 'stopped'
  /** What it was started from last. */
  #spec: ServerSpec | undefined
  /** Its description as it was saved last, here; `list` and `get` read the file. */
  #saved: ServerSpec | undefined
  #endpoint: Endpoint | undefined
  #startedAt: string | undefined
  #error: ErrorInfo | undefined
  #lastExit: ExitReason | undefined
  #workersLost = 0
  #restarts: Restarts | undefined

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

  /** A start: what was known of the life before is past, but for how it ended where the server comes back by itself. */
  begin(spec: ServerSpec, restarts: Restarts | undefined): void {
    this.#spec = spec
    this.#saved = spec
    this.#error = undefined
    if (restarts === undefined) this.#lastExit = undefined
    this.#restarts = restarts
    this.#workersLost = 0
    this.become('start')
  }

  /** Saved anew. What runs goes on as it is. */
  save(spec: ServerSpec): void {
    this.#saved = spec
    this.tell()
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

  fail(thrown: unknown, exit: ExitReason | undefined, restarts: Restarts | undefined): void {
    this.#error = toErrorInfo(thrown)
    this.#lastExit = exit ?? this.#lastExit
    this.#restarts = restarts
    this.become('fail')
  }

  /** No start by itself is counted, nor will be one. Told with the next change. */
  forgetRestarts(): void {
    this.#restarts = undefined
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

  /** The server as it runs, with its description as it is saved: the two differ when that was changed since the start. */
  server(saved: ServerSpec | undefined = this.#saved): Server | undefined {
    const live = isLive(this.#state)
    const spec = saved ?? this.#spec
    const shown = (live ? this.#spec : undefined) ?? spec
    if (spec === undefined || shown === undefined) return undefined
    const processes = this.#processes()
    const front = processes.find(({ role }) => role === (frontRoleOf(shown.transport) ?? 'pool'))
    return {
      name: shown.name,
      transport: shown.transport,
      state: this.#state,
      environment: shown.environment,
      pid: live && front ? front.pid : null,
      processes: [...processes],
      endpoint: this.#endpoint ?? null,
      spec,
      startedAt: this.#startedAt ?? null,
      ...(this.#error ? { error: this.#error } : {}),
      ...(this.#lastExit ? { lastExit: this.#lastExit } : {}),
      ...(this.#restarts ? { restarts: this.#restarts } : {}),
      workersLost: this.#workersLost,
    }
  }
}
