import { AppError, sameName } from '../../contract/index.ts'
import type { Server, ServerSpec } from '../../contract/index.ts'
import type { JobContext } from '../jobs/index.ts'
import { execute } from './pool/execute.ts'
import type { LiveRun } from './pool/execute.ts'
import { createInside, noRun } from './pool/inside.ts'
import { createLogStore } from './logs/log-store.ts'
import { reclaimServers } from './ownership.ts'
import { poolLink } from './pool/pool-link.ts'
import { readMetrics } from './pool/read-metrics.ts'
import { requestedName } from './resolve-spec.ts'
import { saveSpec } from './save-spec.ts'
import { createSpecStore } from './spec-store.ts'
import { startAll } from './start-all.ts'
import { notRunning } from './start-refusal.ts'
import { Supervisor } from './supervisor.ts'
import type { Servers, ServersDeps } from './types.ts'
import { createUsageSampler } from './usage/usage-sampler.ts'
import { futureVariables, shownVariables } from './variables-shown.ts'

/** The servers of one data root. Making it touches nothing: a reader of a data root without a host makes one, too. */
export function createServers(deps: ServersDeps): Servers {
  const specs = createSpecStore(deps.layout)
  const logs = createLogStore(deps.layout, deps.events, deps.secrets)
  const supervisors = new Map<string, Supervisor>()
  const usage = createUsageSampler({
    events: deps.events,
    onProblem: (error) => deps.log?.(`what the servers take could not be measured: ${String(error)}`),
  })
  const takenPorts = () =>
    new Map([...supervisors.values()].flatMap(({ port, name }) => (port ? [[port, name] as const] : [])))
  let reclaiming: Promise<void> | undefined
  /** Starts of all servers that are under way. A stop of all of them ends these, too. */
  const startingAll = new Set<AbortController>()

  const reclaim = () =>
    (reclaiming ??= (async () => {
      for (const { name, survivors } of await reclaimServers(deps.layout)) {
        const log = await logs.open(name, (await deps.settings.get()).serverLogBytes)
        const left = survivors.length === 0 ? '' : `; these processes would not go: ${survivors.join(', ')}`
        log.write('host', 'event', `cleared away what a host left that had been killed${left}`)
      }
    })().catch((error: unknown) => {
      reclaiming = undefined
      throw error
    }))
  const keyOf = (name: string) => name.toLocaleLowerCase('en')
  const supervisorOf = (name: string): Supervisor => {
    const key = keyOf(name)
    const known = supervisors.get(key)
    if (known) return known
    const made = new Supervisor(name, { ...deps, specs, logs, takenPorts, usage })
    supervisors.set(key, made)
    return made
  }
  /** The server as it is, with its saved description where it is not live. */
  const find = async (name: string): Promise<Server> => {
    const supervisor = supervisors.get(keyOf(name))
    const saved = await specs.find(name)
    const server = saved || supervisor?.isLive ? supervisor?.server(saved) : undefined
    if (server) return server
    if (saved) return neverStarted(saved)
    const problem = specs.problems().get(name)
    throw new AppError('NOT_FOUND', `There is no server ${JSON.stringify(name)}`, {
      hint: problem?.message ?? 'See `beep-host list` for those there are, or start one with `beep-host start http`.',
    })
  }
  const list = async (): Promise<Server[]> => {
    const saved = await specs.list()
    const known = saved.map((spec) => supervisors.get(keyOf(spec.name))?.server(spec) ?? neverStarted(spec))
    // The file of a running server may be gone, or unreadable.
    const unsaved = [...supervisors.values()].flatMap((supervisor) => {
      const server = supervisor.isLive ? supervisor.server() : undefined
      return server && !saved.some(({ name }) => sameName(name, server.name)) ? [server] : []
    })
    return [...known, ...unsaved]
  }
  const stop = async (name: string): Promise<Server> => {
    const supervisor = supervisors.get(keyOf(name))
    if (!supervisor?.isLive && supervisor?.state !== 'failed') await find(name)
    await supervisor?.stop()
    // What there is of it can be stopped whether its description can be read or not.
    return supervisor?.server(await specs.find(name).catch(() => undefined)) ?? find(name)
  }

  /** What runs by `execute`: id of the job to the hold on it. */
  const runs = new Map<string, LiveRun>()
  const reach = async (name: string) => {
    const address = supervisors.get(keyOf(name))?.pool
    if (address) return address
    throw notRunning(await find(name))
  }
  const { linkTo, ...inside } = createInside({ reach, runs })

  return {
    ...inside,
    list,
    get: find,
    reclaim,
    stop,
    async start(params, context) {
      const name = requestedName(params)
      await reclaim()
      return supervisorOf(name).start(params, context)
    },
    async stopAll() {
      for (const abort of startingAll) abort.abort()
      const names = [...supervisors].filter(([, { isLive, state }]) => isLive || state === 'failed').map(([key]) => key)
      const outcomes = await Promise.allSettled(names.map(stop))
      const failed = outcomes.find((outcome) => outcome.status === 'rejected')
      if (failed) throw failed.reason
      return outcomes.map((outcome) => (outcome as PromiseFulfilledResult<Server>).value)
    },
    async restart(name: string, context: JobContext) {
      const { name: known } = await stop(name)
      return supervisorOf(known).start({ name: known }, context)
    },
    async startAll(context) {
      await reclaim()
      const abort = new AbortController()
      startingAll.add(abort)
      try {
        const idle = (await specs.list()).filter(({ name }) => !supervisors.get(keyOf(name))?.isLive)
        return await startAll(
          idle.map(({ name }) => name),
          (name, given) => supervisorOf(name).start({ name }, given),
          async () => (await list()).filter(({ state }) => state === 'running'),
          { ...context, signal: AbortSignal.any([context.signal, abort.signal]) },
        )
      } finally {
        startingAll.delete(abort)
      }
    },
    async save(params) {
      const supervisor = supervisors.get(keyOf(params.name))
      const known = supervisor?.isLive ? supervisor.name : undefined
      const spec = await saveSpec(params, known, specs, deps.environments)
      if (supervisor) supervisor.save(spec)
      else deps.events.emit('server.changed', { server: neverStarted(spec) })
      return supervisor?.server(spec) ?? neverStarted(spec)
    },
    async remove(name) {
      const supervisor = supervisors.get(keyOf(name))
      const server = await find(name)
      if (supervisor?.isLive) {
        throw new AppError('IN_USE', `Server ${server.name} is ${server.state}`, {
          hint: `Stop it first: \`beep-host stop ${server.name}\`.`,
        })
      }
      await supervisor?.stop()
      supervisors.delete(keyOf(name))
      await specs.remove(server.name)
      await logs.remove(server.name)
      deps.events.emit('server.removed', { name: server.name })
      return { name: server.name }
    },
    async endpoint(name) {
      const endpoint = supervisors.get(keyOf(name))?.endpoint
      if (endpoint) return endpoint
      throw notRunning(await find(name))
    },
    async execute({ name, ...asked }, job, context) {
      const address = await reach(name)
      const supervisor = supervisorOf(name)
      const link = await linkTo(supervisor.name, address, asked.sessionId)
      const live = (run: LiveRun) => {
        runs.set(job, run)
        return () => void runs.delete(job)
      }
      const look = () => supervisor.server()
      return execute({ ...asked, server: supervisor.name, job, link, live, events: deps.events, look }, context)
    },
    async answerInput({ execution, text }) {
      const run = runs.get(execution)
      if (run === undefined) throw noRun(execution)
      return { isTaken: await run.answer(text) }
    },
    usage: async (name) => usage.read((await find(name)).name),
    async environment(name) {
      const { spec } = await find(name)
      const started = supervisors.get(keyOf(name))?.variables
      return {
        running: started !== undefined,
        variables: await shownVariables(started ?? (await futureVariables(spec, deps)), deps),
      }
    },
    async metrics(name) {
      const supervisor = supervisors.get(keyOf(name))
      if (!supervisor?.pool) throw notRunning(await find(name))
      const samples = await usage.read(supervisor.name)
      // It may have been stopped meanwhile.
      if (!supervisor.pool) throw notRunning(await find(name))
      return readMetrics(supervisor.name, poolLink(supervisor.pool), samples.at(-1))
    },
    async logs({ name, lines, after }) {
      const found = await logs.read(name, lines, after)
      if (found) return found
      await find(name)
      return []
    },
    usedBy: (environment) =>
      [...supervisors.values()]
        .filter(({ uses }) => uses.some((used) => sameName(used, environment)))
        .map(({ name }) => name),
    problems: () => [...specs.problems().values()],
  }
}

function neverStarted(spec: ServerSpec): Server {
  return {
    name: spec.name,
    transport: spec.transport,
    state: 'stopped',
    environment: spec.environment,
    pid: null,
    processes: [],
    endpoint: null,
    spec,
    startedAt: null,
    workersLost: 0,
  }
}
