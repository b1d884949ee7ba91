import { isAppError } from '../../contract/index.ts'
import type { Endpoint, ExitReason } from '../../contract/index.ts'
import { workerAddresses } from '../platform/index.ts'
import type { StopGrace } from '../process/index.ts'
import { addressIsFree, portIsFree } from './ports/freedom.ts'
import { frontConfigLine, frontLaunch, poolLaunch } from './launch-config.ts'
import type { FrontRole, Infrastructure, LaunchConfig, RunningPool } from './launch-config.ts'
import { keepRecord } from './record-keeper.ts'
import type { RecordKeeper } from './record-keeper.ts'
import { askOnce } from './readiness.ts'
import type { LaunchedRole, ReadyFacts } from './ready-line.ts'
import type { RunHooks, RunPlan, RunStop } from './run-plan.ts'
import type { WorkerFact } from './server-facts.ts'
import { startProcess } from './server-process.ts'
import type { ServerProcess } from './server-process.ts'
import { ServerProcesses } from './server-processes.ts'
import { addressInUse, portInUse } from './start-refusal.ts'
import { untilStep } from './start-step.ts'
import { variablesOf } from './variables.ts'
import type { Variable } from './variables.ts'

/** Milliseconds in which a port and a socket must be free once their processes are gone. */
const freeMs = 2000

/** One life of a server: its processes from launch to proof that they are gone. */
export class ServerRun {
  readonly processes: ServerProcesses
  /** The port that it has, or is trying to get. */
  port: number | null = null
  /** How the first of its processes ended. */
  exit: ExitReason | undefined
  readonly #plan: RunPlan
  readonly #hooks: RunHooks
  readonly #mask: (text: string) => string
  readonly #forgetSecrets: () => void
  readonly #infrastructure: Infrastructure | undefined
  /** The code may ask the host no more. */
  readonly #revoke: () => void
  readonly #record: RecordKeeper
  #hasLaunched = false
  #running: readonly ServerProcess[] = []

  constructor(plan: RunPlan, hooks: RunHooks) {
    const { control } = plan
    const granted = control?.grant(control.scope)
    this.#infrastructure = control &&
      granted && { scope: control.scope, address: control.address, token: granted.token }
    this.#revoke = () => granted?.revoke()
    const tokens = [plan.token, plan.address.token, granted?.token].filter((token) => typeof token === 'string')
    const forget = tokens.map((token) => plan.secrets.add(token))
    this.#forgetSecrets = () => forget.forEach((one) => one())
    this.#mask = plan.secrets.mask
    this.#plan = plan
    this.#hooks = hooks
    this.processes = new ServerProcesses(() => {
      this.#record.touch()
      hooks.onProcesses()
    })
    this.#record = keepRecord(
      plan.layout,
      plan.spec.name,
      async () => ({
        address: plan.address.path,
        port: this.port || null,
        processes: [...(await this.processes.records())],
      }),
      (error) => hooks.log('host', 'event', `the record of this server could not be written: ${String(error)}`),
    )
  }

  /** What its code is started with. */
  get variables(): readonly Variable[] {
    return variablesOf(this.#plan.target, this.#plan.place)
  }

  /**
   * Launches, and settles when a real request was answered. Whatever it throws, `stop` must follow. `prepare` is called
   * before that request is sent, and awaited with it.
   * @throws PORT_IN_USE naming the holder, SERVER_FAILED, SPAWN_FAILED, the signal's reason
   */
  async begin(signal: AbortSignal, prepare: (endpoint: Endpoint) => Promise<unknown>): Promise<Endpoint> {
    const { spec, target, front: planned, address, place } = this.#plan
    if (!(await addressIsFree(address.path, 0))) throw addressInUse(spec.name, address.path)
    signal.throwIfAborted()
    // Both at once: the front needs a third of a second for its imports, and waits for its configuration anyway.
    const launches = await Promise.allSettled([
      this.#launch('pool', poolLaunch(spec, target, address, place, this.#infrastructure)),
      ...(planned ? [this.#launch(planned.role, frontLaunch(planned.role, planned.admin, place))] : []),
    ])
    const refused = launches.find((launch) => launch.status === 'rejected')
    if (refused) throw refused.reason
    const [pool, front] = launches.map((launch) => (launch as PromiseFulfilledResult<ServerProcess>).value) as [
      ServerProcess<'pool'>,
      ServerProcess<FrontRole>?,
    ]
    const told = await untilStep(this.failed(), signal, pool.ready)
    this.processes.learn('pool', told.pid)
    if (told.workers === undefined) this.processes.learn('worker', told.worker.pid)
    else for (const [at, { pid }] of told.workers.entries()) this.processes.learn('worker', pid, at + 1)
    const endpoint: Endpoint = front
      ? endpointOf(await this.#openFront(front, signal), this.#plan.token)
      : { transport: 'pipe', ...address }
    // The record comes before the endpoint file, so that the next host can tell whose that is.
    const proof = [askOnce(spec.name, endpoint, signal), this.#record.written(), prepare(endpoint)]
    await untilStep(this.failed(), signal, Promise.all(proof))
    return endpoint
  }

  /** Where its pool answers, whatever the transport of the server. */
  get address(): RunningPool {
    return { ...this.#plan.address, workers: this.#plan.spec.workers }
  }

  /** The process that a client talks to. */
  clientPid(): number {
    const role = this.#plan.front?.role ?? 'pool'
    const entry = this.processes.list().find((process) => process.role === role)
    if (!entry) throw new Error(`server ${this.#plan.spec.name} has no ${role} process`)
    return entry.pid
  }

  /** Rejects with the reason as soon as one of the processes ends. */
  failed(): Promise<never> {
    return Promise.race(this.#running.map((process) => process.failed))
  }

  /** Last words of what was started, for a failure that is none of the processes' own. */
  lastLines(): readonly string[] {
    return this.#running.flatMap((process) => process.evidence().lastLines)
  }

  /** Stops everything, and looks that port and address are free. What was never launched has neither. */
  async stop(grace: StopGrace): Promise<RunStop> {
    this.#revoke()
    if (!this.#hasLaunched) {
      this.#forgetSecrets()
      return { rungs: [], survivors: [], addressFree: true, portFree: true }
    }
    const stopped = await this.processes.stop(grace)
    // Nobody is there any more who would take them.
    if (stopped.survivors.length === 0) this.#forgetSecrets()
    const { address, spec } = this.#plan
    const [portFree, ...free] = await Promise.all([
      this.port ? portIsFree(this.port, freeMs) : true,
      ...workerAddresses(address.path, spec.workers).map((one) => addressIsFree(one, freeMs)),
    ])
    await this.#record.close(stopped.survivors.length > 0)
    return { ...stopped, addressFree: free.every(Boolean), portFree }
  }

  async #launch<R extends LaunchedRole>(role: R, config: LaunchConfig): Promise<ServerProcess<R>> {
    const { spec } = this.#plan
    const { log } = this.#hooks
    const hooks = { log, mask: this.#mask, onFact: (fact: WorkerFact) => this.#onFact(fact) }
    this.#hasLaunched = true
    log('host', 'event', `launching ${role}: ${config.argv.join(' ')}`)
    const process = await startProcess(spec.name, role, config, hooks)
    this.#running = [...this.#running, process]
    void process.launched.exited.then((facts) => {
      const { lastLines } = process.evidence()
      this.exit ??= { role, pid: process.launched.pid, ...facts, lastLines: [...lastLines], at: now() }
    })
    this.processes.add(role, process.launched)
    return process
  }

  /** Gives the front its port and its pool. A port that is only usual, and taken, is not insisted on. */
  async #openFront(first: ServerProcess<FrontRole>, signal: AbortSignal): Promise<ReadyFacts<FrontRole>> {
    const { spec, front: planned, place, token, address, ports } = this.#plan
    const { role } = first
    let front = first
    for (const [at, port] of ports.entries()) {
      this.port = port
      front.launched.writeLine(frontConfigLine(role, spec, port, token, address))
      try {
        const told = await untilStep(this.failed(), signal, front.ready)
        this.port = told.port
        this.processes.learn(role, told.pid)
        return told
      } catch (error) {
        this.port = null
        if (!isAppError(error, 'PORT_IN_USE')) throw error
        const inUse = await portInUse(port, this.#plan.taken.get(port), place.env, error)
        if (at === ports.length - 1 || !planned) throw inUse
        this.#hooks.log('host', 'event', `${inUse.message}; the system chooses another one`)
        this.#running = this.#running.filter((process) => process !== front)
        await this.processes.drop(front.launched, this.#plan.grace)
        if (this.exit?.role === role) this.exit = undefined
        front = await this.#launch(role, frontLaunch(role, planned.admin, place))
      }
    }
    throw new Error('no port to try')
  }

  #onFact(fact: WorkerFact): void {
    if (fact.event === 'worker.started') return void this.processes.learnOwn('worker', fact.pid, fact.worker)
    this.processes.forget('worker', fact.pid, fact.worker)
    const { pid, exitCode = null, signal = null, lastLines } = fact
    this.#hooks.onWorkerLost({
      role: 'worker',
      pid,
      exitCode,
      signal: signal === null ? null : String(signal),
      lastLines: lastLines.map(this.#mask),
      at: now(),
    })
  }
}

function endpointOf(facts: ReadyFacts<FrontRole>, token: string | null): Endpoint {
  return facts.role === 'http'
    ? { transport: 'http', url: facts.url, token }
    : { transport: 'rpc', address: facts.address, token }
}

function now(): string {
  return new Date().toISOString()
}
