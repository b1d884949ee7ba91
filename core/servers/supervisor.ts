import { isAppError } from '../../contract/index.ts'
import type { AppError, Endpoint, ExitReason, Server, ServerSpec, ServerState } from '../../contract/index.ts'
import type { JobContext } from '../jobs/index.ts'
import { defaultGrace } from '../process/index.ts'
import type { StopGrace } from '../process/index.ts'
import { endpointFile, publishEndpoint, withdrawEndpoint } from './endpoint-file.ts'
import type { RunningPool } from './launch-config.ts'
import { planRun, requireReady, shortGrace } from './plan-run.ts'
import { asksFor, defaultEnvironmentName, resolveSpec, sameSpec } from './resolve-spec.ts'
import type { StartParams } from './resolve-spec.ts'
import type { ServerLog } from './logs/server-log.ts'
import { ServerRun } from './server-run.ts'
import type { RunPlan } from './run-plan.ts'
import { ServerStatus } from './server-status.ts'
import { shareWork } from './shared-work.ts'
import type { SharedWork } from './shared-work.ts'
import { cancelledStart, startDeadline } from './start-deadline.ts'
import { alreadyRunning } from './start-refusal.ts'
import { describeStop, stopProblem } from './stop-report.ts'
import type { SupervisorDeps } from './supervisor-deps.ts'
import { isLive } from './transitions.ts'

interface Starting {
  /** What is being started; undefined where that could not even be made out. */
  readonly spec: Promise<ServerSpec | undefined>
  readonly work: SharedWork<Server>
}

/** Watches over one server: starts it, notices its end, and stops it. One thing at a time. */
export class Supervisor {
  readonly #name: string
  readonly #deps: SupervisorDeps
  readonly #status: ServerStatus
  #run: ServerRun | undefined
  #log: ServerLog | undefined
  /** Its endpoint file may be there. */
  #isPublished = false
  /** Environments that it stands on. */
  #uses: readonly string[] = []
  #starting: Starting | undefined
  #stopping: Promise<void> | undefined
  /** The tidying up after a death. */
  #clearing: Promise<void> | undefined

  constructor(name: string, deps: SupervisorDeps) {
    this.#name = name
    this.#deps = deps
    this.#status = new ServerStatus(
      () => this.#run?.processes.list() ?? [],
      (server) => deps.events.emit('server.changed', { server }),
    )
  }

  get name(): string {
    return this.#status.spec?.name ?? this.#name
  }

  /** True while something of it may be there: a start, a process, what a dead one left. */
  get isLive(): boolean {
    return isLive(this.#status.state) || this.#starting !== undefined || this.#clearing !== undefined
  }

  get state(): ServerState {
    return this.#status.state
  }

  get uses(): readonly string[] {
    return this.#uses
  }

  get port(): number | null {
    return this.#run?.port ?? null
  }

  get endpoint(): Endpoint | undefined {
    return this.#status.endpoint
  }

  /** The pool of a running server. */
  get pool(): RunningPool | undefined {
    return this.#status.state === 'running' ? this.#run?.address : undefined
  }

  /** Its description was saved anew: told at once, taken up by the next start. */
  save(spec: ServerSpec): void {
    this.#status.save(spec)
  }

  /** See ServerStatus. */
  server(saved?: ServerSpec): Server | undefined {
    return this.#status.server(saved)
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
        else throw alreadyRunning(spec.name, 'is being started with other settings')
      } else break
    }
    if (this.#status.state === 'running') throw alreadyRunning(this.name, 'is running already')
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
    if (context.signal.aborted) throw cancelledStart(spec.name)
    if (!saved || !sameSpec(saved, spec)) await specs.save(spec)
    tellSpec(spec)
    this.#status.begin(spec)
    try {
      const plan = await planRun(spec, target, this.#deps, context, (environment) => {
        this.#uses = [...this.#uses, environment]
      })
      return await this.#launch(plan, context)
    } catch (thrown) {
      throw await this.#undoStart(spec, thrown, context.signal.aborted)
    }
  }

  async #launch(plan: RunPlan, context: JobContext): Promise<Server> {
    const { name } = plan.spec
    const { layout, env } = this.#deps
    context.progress({ fraction: 0.5, title: `Starting server ${name}` })
    const began = performance.now()
    const run = this.#createRun(plan)
    this.#run = run
    const deadline = startDeadline(name, context.signal, env, () => run.lastLines())
    try {
      const endpoint = await run.begin(deadline.signal)
      const startedAt = new Date().toISOString()
      this.#isPublished = true
      await publishEndpoint(layout, endpointFile(name, endpoint, run.clientPid(), startedAt))
      deadline.signal.throwIfAborted()
      this.#say(`ready after ${Math.round(performance.now() - began)} ms`)
      this.#status.ready(endpoint, startedAt)
      this.#deps.usage.add(name, began, () => run.processes.list().map(({ pid }) => pid))
    } finally {
      deadline.clear()
    }
    run.failed().catch((error: unknown) => this.#ended(run, error))
    return this.#status.server()!
  }

  #createRun(plan: RunPlan): ServerRun {
    const log = this.#log
    return new ServerRun(plan, {
      log: (source, stream, text) => log?.write(source, stream, text),
      onProcesses: () => this.#status.tell(),
      onWorkerLost: (exit) => {
        if (this.#status.state === 'running') this.#status.loseWorker(exit)
      },
    })
  }

  /** Takes a start back, whatever of it there is. Returns what its caller is to be told. */
  async #undoStart(spec: ServerSpec, thrown: unknown, isCancelled: boolean): Promise<unknown> {
    if (isCancelled) this.#status.become('stop')
    const exit = this.#run?.exit
    const problem = await this.#clear(spec, shortGrace)
    if (isCancelled && !problem) {
      this.#status.become('stopped')
      return isAppError(thrown, 'CANCELLED') ? thrown : cancelledStart(spec.name)
    }
    const error = isCancelled ? problem : thrown
    this.#fail(error, exit)
    return error
  }

  /** A process ended that nobody had asked to. The state says so at once; the rest of the tree goes after it. */
  #ended(run: ServerRun, error: unknown): void {
    const { spec, state } = this.#status
    if (this.#run !== run || state !== 'running' || !spec) return
    this.#fail(error, run.exit)
    this.#clearing = this.#clear(spec, shortGrace).then(() => {
      this.#clearing = undefined
      this.#status.tell()
    })
  }

  async #stopNow(): Promise<void> {
    this.#starting?.work.cancel()
    await this.#starting?.work.settled
    await this.#clearing
    const { spec, state } = this.#status
    if (state === 'failed') this.#status.become('stop')
    if (state !== 'running' || !spec) return
    this.#status.become('stop')
    const problem = await this.#clear(spec, defaultGrace)
    if (problem) {
      this.#fail(problem, undefined)
      throw problem
    }
    this.#status.become('stopped')
  }

  /** Withdraws the endpoint, stops what runs, and lets go of everything. Never rejects; returns what could not be made to go. */
  async #clear({ name }: ServerSpec, grace: StopGrace): Promise<AppError | undefined> {
    const withdrawn = this.#isPublished
      ? withdrawEndpoint(this.#deps.layout, name).catch((error: unknown) => this.#say(String(error)))
      : undefined
    this.#deps.usage.remove(name)
    const [stopped] = await Promise.all([this.#run?.stop(grace), withdrawn])
    this.#isPublished = false
    if (stopped) this.#say(describeStop(stopped))
    this.#run = undefined
    this.#uses = []
    await this.#log?.flush()
    return stopped && stopProblem(name, stopped)
  }

  #fail(thrown: unknown, exit: ExitReason | undefined): void {
    this.#say(`failed: ${thrown instanceof Error ? thrown.message : String(thrown)}`)
    this.#status.fail(thrown, exit)
  }

  #say(text: string): void {
    this.#log?.write('host', 'event', text)
  }
}
