import { isAppError } from '../../contract/index.ts'
import type { AppError, Endpoint, Server, ServerSpec, ServerState } from '../../contract/index.ts'
import type { JobContext } from '../jobs/index.ts'
import { defaultGrace } from '../process/index.ts'
import type { StopGrace } from '../process/index.ts'
import { Comeback } from './restarts/comeback.ts'
import { draftEndpoint, endpointFile, withdrawEndpoint } from './endpoint-file.ts'
import type { RunningPool } from './launch-config.ts'
import { planRun, shortGrace } from './plan-run.ts'
import { prepareStart } from './prepare-start.ts'
import { asksFor } from './resolve-spec.ts'
import type { StartParams } from './resolve-spec.ts'
import type { ServerLog } from './logs/server-log.ts'
import { ServerRun } from './server-run.ts'
import type { RunPlan } from './run-plan.ts'
import { ServerStatus } from './server-status.ts'
import { shareStart } from './share-start.ts'
import type { Starting } from './share-start.ts'
import { cancelledStart, startDeadline } from './start-deadline.ts'
import { alreadyRunning } from './start-refusal.ts'
import { describeStop, stopProblem } from './stop-report.ts'
import type { SupervisorDeps } from './supervisor-deps.ts'
import { isLive } from './transitions.ts'
import type { Variable } from './variables.ts'

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
  #clearing: Promise<AppError | undefined> | undefined
  readonly #comeback: Comeback

  constructor(name: string, deps: SupervisorDeps) {
    this.#name = name
    this.#deps = deps
    this.#status = new ServerStatus(
      () => this.#run?.processes.list() ?? [],
      (server) => deps.events.emit('server.changed', { server }),
    )
    this.#comeback = new Comeback({
      status: this.#status,
      say: (text) => this.#say(text),
      clock: deps.clock,
      secrets: deps.secrets,
      start: (signal) => this.#share({ name: this.name }, { signal, progress: () => {} }),
      cleared: async () => (await this.#clearing) !== undefined,
    })
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

  /** What it stands on, or is to come back to. */
  get uses(): readonly string[] {
    return this.#uses.length > 0 ? this.#uses : this.#comeback.uses
  }

  /** The port that it has, is trying to get, or is to come back to. */
  get port(): number | null {
    return this.#run?.port ?? this.#comeback.kept?.port ?? null
  }

  get endpoint(): Endpoint | undefined {
    return this.#status.endpoint
  }

  /** The pool of a running server. */
  get pool(): RunningPool | undefined {
    return this.#status.state === 'running' ? this.#run?.address : undefined
  }

  /** What its code was started with; undefined where nothing of it runs. */
  get variables(): readonly Variable[] | undefined {
    return this.#run?.variables
  }

  /** Its description was saved anew: told at once, taken up by the next start. */
  save(spec: ServerSpec): void {
    if (spec.restart === 'never' && this.#status.state === 'failed') this.#comeback.giveUp('its description says never')
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
    this.#comeback.takeOver()
    return this.#share(params, context)
  }

  #share(params: StartParams, context: JobContext): Promise<Server> {
    const starting = shareStart(
      this.#name,
      (shared, tellSpec) => this.#begin(params, shared, tellSpec),
      () => (this.#starting = undefined),
    )
    this.#starting = starting
    return starting.work.join(context)
  }

  /** Stops, or cancels the start in flight; joins a stop in flight. @throws SERVER_FAILED when something cannot be made to go */
  stop(): Promise<void> {
    return (this.#stopping ??= this.#stopNow().finally(() => {
      this.#stopping = undefined
    }))
  }

  async #begin(params: StartParams, context: JobContext, tellSpec: (spec: ServerSpec) => void): Promise<Server> {
    const preparing = prepareStart(this.#name, params, this.#deps, context.signal)
    const { spec, target, log } = await preparing.catch((error: unknown) => this.#comeback.refuse(error))
    this.#log = log
    tellSpec(spec)
    this.#status.begin(spec, this.#comeback.shown)
    try {
      const claim = (environment: string) => void (this.#uses = [...this.#uses, environment])
      const plan = await planRun(spec, target, this.#deps, context, claim, this.#comeback.kept)
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
    const draft = draftEndpoint(layout)
    const deadline = startDeadline(name, context.signal, env, () => run.lastLines())
    try {
      let startedAt = ''
      const endpoint = await run.begin(deadline.signal, (found) => {
        startedAt = new Date().toISOString()
        return draft.write(endpointFile(name, found, run.clientPid(), startedAt))
      })
      this.#isPublished = true
      await draft.publish()
      deadline.signal.throwIfAborted()
      this.#say(`ready after ${Math.round(performance.now() - began)} ms`)
      this.#comeback.ready()
      this.#status.ready(endpoint, startedAt)
      this.#deps.usage.add(name, began, () => run.processes.list().map(({ pid }) => pid))
    } finally {
      deadline.clear()
      await draft.drop()
    }
    run.failed().catch((error: unknown) => this.#ended(run, plan, error))
    return this.#status.server()!
  }

  #createRun(plan: RunPlan): ServerRun {
    const log = this.#log!
    return new ServerRun(plan, {
      log: log.write,
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
      this.#comeback.giveUp()
      this.#status.become('stopped')
      return isAppError(thrown, 'CANCELLED') ? thrown : cancelledStart(spec.name)
    }
    const error = isCancelled ? problem : thrown
    if (problem) this.#comeback.block(problem)
    this.#comeback.fail(error, exit)
    return error
  }

  /** A process ended that nobody had asked to. The state says so at once; the rest of the tree goes after it. */
  #ended(run: ServerRun, plan: RunPlan, error: unknown): void {
    if (this.#run !== run || this.#status.state !== 'running') return
    this.#comeback.fail(error, run.exit, [plan, run.port])
    this.#clearing = this.#clear(plan.spec, shortGrace).then((problem) => {
      this.#clearing = undefined
      if (problem) this.#comeback.block(problem)
      this.#status.tell()
      return problem
    })
  }

  async #stopNow(): Promise<void> {
    const callOff = () => this.#comeback.giveUp('somebody has called it off')
    callOff()
    do {
      this.#starting?.work.cancel()
      await this.#starting?.work.settled
      await this.#clearing
      // It may have died meanwhile.
      callOff()
    } while (this.#starting || this.#clearing)
    const { spec, state } = this.#status
    if (state === 'failed') this.#status.become('stop')
    if (state !== 'running' || !spec) return
    this.#status.become('stop')
    const problem = await this.#clear(spec, defaultGrace)
    if (problem) {
      this.#comeback.fail(problem, undefined)
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

  #say(text: string): void {
    this.#log?.write('host', 'event', text)
  }
}
