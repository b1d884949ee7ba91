import { AppError, toErrorInfo } from '../../contract/index.ts'
import type { Endpoint, ErrorInfo, ExitReason, Server, ServerSpec, ServerState } from '../../contract/index.ts'
import type { JobContext } from '../jobs/index.ts'
import { defaultGrace } from '../process/index.ts'
import type { StopGrace } from '../process/index.ts'
import { endpointFile, publishEndpoint, withdrawEndpoint } from './endpoint-file.ts'
import type { LogStore } from './log-store.ts'
import { planRun, requireReady, shortGrace } from './plan-run.ts'
import { asksFor, defaultEnvironmentName, resolveSpec, sameSpec } from './resolve-spec.ts'
import type { StartParams } from './resolve-spec.ts'
import type { ServerLog } from './server-log.ts'
import { ServerRun } from './server-run.ts'
import type { RunPlan } from './server-run.ts'
import { shareWork } from './shared-work.ts'
import type { SharedWork } from './shared-work.ts'
import type { SpecStore } from './spec-store.ts'
import { startDeadline } from './start-deadline.ts'
import { describeStop, stopProblem } from './stop-report.ts'
import { isLive, transition } from './transitions.ts'
import type { ServerHappening } from './transitions.ts'
import type { ServersDeps } from './types.ts'

export interface SupervisorDeps extends ServersDeps {
  readonly specs: SpecStore
  readonly logs: LogStore
  /** Ports that servers of this host have, or are trying to get. */
  readonly takenPorts: () => readonly number[]
}

interface Starting {
  /** What is being started; undefined where that could not even be made out. */
  readonly spec: Promise<ServerSpec | undefined>
  readonly work: SharedWork<Server>
}

/** Watches over one server: starts it, knows how it is, and stops it. One thing at a time. */
export class Supervisor {
  readonly #name: string
  readonly #deps: SupervisorDeps
  #state: ServerState = 'stopped'
  #spec: ServerSpec | undefined
  #run: ServerRun | undefined
  #log: ServerLog | undefined
  #endpoint: Endpoint | undefined
  #startedAt: string | undefined
  #error: ErrorInfo | undefined
  #lastExit: ExitReason | undefined
  #workersLost = 0
  /** Environments that it stands on. */
  #uses: readonly string[] = []
  #starting: Starting | undefined
  #stopping: Promise<void> | undefined
  /** The tidying up after a death. */
  #clearing: Promise<void> | undefined

  constructor(name: string, deps: SupervisorDeps) {
    this.#name = name
    this.#deps = deps
  }

  get isLive(): boolean {
    return isLive(this.#state) || this.#starting !== undefined || this.#clearing !== undefined
  }

  get hasFailed(): boolean {
    return this.#state === 'failed'
  }

  get uses(): readonly string[] {
    return this.#uses
  }

  get port(): number | null {
    return this.#run?.port ?? null
  }

  get endpoint(): Endpoint | undefined {
    return this.#endpoint
  }

  /** How the server is; undefined before its first start. A saved description that has changed since shows when it is not live. */
  server(saved?: ServerSpec): Server | undefined {
    const spec = isLive(this.#state) ? this.#spec : (saved ?? this.#spec)
    if (spec === undefined) return undefined
    const processes = this.#run?.processes.list() ?? []
    const front = processes.find(({ role }) => role === (spec.transport === 'http' ? 'http' : 'pool'))
    return {
      name: spec.name,
      transport: spec.transport,
      state: this.#state,
      environment: spec.environment,
      pid: (isLive(this.#state) && front?.pid) || null,
      processes,
      endpoint: this.#endpoint ?? null,
      spec,
      startedAt: this.#startedAt ?? null,
      ...(this.#error ? { error: this.#error } : {}),
      ...(this.#lastExit ? { lastExit: this.#lastExit } : {}),
      workersLost: this.#workersLost,
    }
  }

  /** Starts, or joins the start in flight that wants the same. @throws ALREADY_RUNNING and whatever kept it from starting */
  async start(params: StartParams, context: JobContext): Promise<Server> {
    for (;;) {
      if (this.#stopping) await this.#stopping.catch(() => {})
      else if (this.#clearing) await this.#clearing
      else if (this.#starting) {
        const { spec: known, work } = this.#starting
        const spec = await known
        if (spec === undefined) await work.settled
        else if (asksFor(params, spec)) return work.join(context)
        else throw alreadyRunning(spec.name, 'is being started with other settings', {})
      } else break
    }
    if (this.#state === 'running') {
      throw alreadyRunning(this.#name, 'is running already', {
        endpoint: this.#endpoint && withoutToken(this.#endpoint),
      })
    }
    const { promise: spec, resolve: tellSpec } = Promise.withResolvers<ServerSpec | undefined>()
    const work = shareWork(`server ${this.#name}`, (shared) =>
      this.#begin(params, shared, tellSpec).finally(() => {
        this.#starting = undefined
        tellSpec(undefined)
      }),
    )
    this.#starting = { spec, work }
    return work.join(context)
  }

  /** Stops, or cancels the start in flight; joins a stop in flight. @throws SERVER_FAILED when something cannot be made to go */
  stop(): Promise<void> {
    return (this.#stopping ??= this.#stopNow().finally(() => {
      this.#stopping = undefined
    }))
  }

  async #begin(params: StartParams, context: JobContext, tellSpec: (spec: ServerSpec) => void): Promise<Server> {
    const { specs, logs, settings, environments } = this.#deps
    const saved = await specs.find(this.#name)
    const asked = resolveSpec(params, saved)
    const isNamed = params.environment !== undefined || asked.environment !== defaultEnvironmentName
    const target = isNamed ? requireReady(await environments.get(asked.environment)) : undefined
    const spec: ServerSpec = { ...asked, environment: target?.name ?? asked.environment }
    this.#log = await logs.open(spec.name, (await settings.get()).serverLogBytes)
    if (!saved || !sameSpec(saved, spec)) await specs.save(spec)
    if (context.signal.aborted) throw cancelled(spec.name)
    tellSpec(spec)
    this.#spec = spec
    this.#error = undefined
    this.#lastExit = undefined
    this.#workersLost = 0
    this.#become('start')
    try {
      const plan = await planRun(spec, target, this.#deps, context, (environment) => {
        this.#uses = [...this.#uses, environment]
      })
      await this.#launch(plan, context)
      return this.#shown()
    } catch (thrown) {
      throw await this.#undoStart(spec.name, thrown, context.signal.aborted)
    }
  }

  async #launch(plan: RunPlan, context: JobContext): Promise<void> {
    const { name } = plan.spec
    context.progress({ fraction: 0.5, title: `Starting server ${name}` })
    const began = performance.now()
    const run = this.#createRun(plan)
    this.#run = run
    const deadline = startDeadline(name, context.signal, this.#deps.env, () => run.lastLines())
    try {
      const endpoint = await run.begin(deadline.signal)
      const startedAt = new Date().toISOString()
      await publishEndpoint(this.#deps.layout, endpointFile(name, endpoint, run.clientPid(), startedAt))
      deadline.signal.throwIfAborted()
      this.#endpoint = endpoint
      this.#startedAt = startedAt
    } finally {
      deadline.clear()
    }
    this.#say(`ready after ${Math.round(performance.now() - began)} ms`)
    this.#become('ready')
    run.failed().catch((error: unknown) => this.#ended(run, error))
  }

  #createRun(plan: RunPlan): ServerRun {
    const log = this.#log
    const secrets = [plan.token, plan.address.token].filter((secret) => typeof secret === 'string')
    const mask = (text: string) => secrets.reduce((masked, secret) => masked.replaceAll(secret, '***'), text)
    return new ServerRun(plan, {
      mask,
      log: (source, stream, text) => log?.write(source, stream, mask(text)),
      onProcesses: () => this.#tell(),
      onWorkerLost: (exit) => {
        if (this.#state !== 'running') return
        this.#workersLost += 1
        this.#lastExit = exit
        this.#tell()
      },
    })
  }

  async #undoStart(name: string, thrown: unknown, isCancelled: boolean): Promise<unknown> {
    if (isCancelled) this.#become('stop')
    const exit = this.#run?.exit
    const problem = await this.#clear(shortGrace)
    if (isCancelled && !problem) {
      this.#become('stopped')
      return cancelled(name)
    }
    this.#lastExit = exit
    const error = isCancelled ? problem : thrown
    this.#fail(error)
    return error
  }

  /** A process ended that nobody had asked to. The state says so at once; the rest of the tree goes after it. */
  #ended(run: ServerRun, error: unknown): void {
    if (this.#run !== run || this.#state !== 'running') return
    this.#lastExit = run.exit
    this.#fail(error)
    this.#clearing = this.#clear(shortGrace)
      .then(() => {})
      .finally(() => {
        this.#clearing = undefined
        this.#tell()
      })
  }

  async #stopNow(): Promise<void> {
    this.#starting?.work.cancel()
    await this.#starting?.work.settled
    await this.#clearing
    if (this.#state === 'failed') {
      this.#error = undefined
      this.#become('stop')
    }
    if (this.#state === 'running') {
      this.#become('stop')
      const problem = await this.#clear(defaultGrace)
      if (problem) {
        this.#fail(problem)
        throw problem
      }
      this.#become('stopped')
    }
  }

  /** Withdraws the endpoint, stops what runs, and lets go of everything. Returns what could not be made to go. */
  async #clear(grace: StopGrace): Promise<AppError | undefined> {
    const run = this.#run
    const name = this.#spec?.name ?? this.#name
    this.#endpoint = undefined
    const [stopped] = await Promise.all([
      run?.stop(grace),
      withdrawEndpoint(this.#deps.layout, name).catch((error: unknown) => this.#say(String(error))),
    ])
    if (stopped) this.#say(describeStop(stopped))
    this.#run = undefined
    this.#startedAt = undefined
    this.#uses = []
    await this.#log?.flush()
    return stopped && stopProblem(name, stopped)
  }

  #fail(thrown: unknown): void {
    this.#error = toErrorInfo(thrown)
    this.#endpoint = undefined
    this.#say(`failed: ${this.#error.message}`)
    this.#become('fail')
  }

  #become(happening: ServerHappening): void {
    const next = transition(this.#state, happening)
    if (next === undefined) throw new Error(`a server that is ${this.#state} cannot take "${happening}"`)
    this.#state = next
    this.#tell()
  }

  #tell(): void {
    const server = this.server()
    if (server) this.#deps.events.emit('server.changed', { server })
  }

  #say(text: string): void {
    this.#log?.write('host', 'event', text)
  }

  #shown(): Server {
    const server = this.server()
    if (!server) throw new Error('a server that was never started cannot be shown')
    return server
  }
}

function cancelled(name: string): AppError {
  return new AppError('CANCELLED', `The start of server ${name} was cancelled`)
}

function alreadyRunning(name: string, how: string, details: Readonly<Record<string, unknown>>): AppError {
  return new AppError('ALREADY_RUNNING', `Server ${name} ${how}`, {
    hint: `Stop it first with \`beep-host stop ${name}\`, or choose another name with --name.`,
    details: { name, ...details },
  })
}

function withoutToken(endpoint: Endpoint): object {
  const { token: _token, ...rest } = endpoint
  return rest
}
