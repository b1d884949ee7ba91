import { randomUUID } from 'node:crypto'
import { collectDiagnostics } from './diagnostics/index.ts'
import { diskUsage, pruneCache } from './disk/index.ts'
import { runDoctor } from './doctor/index.ts'
import type { Handlers } from './dispatch.ts'
import { environmentHandlers } from './environment-handlers.ts'
import { profileHandlers } from './profile-handlers.ts'
import type { Rooms } from './rooms.ts'
import { settingsHandlers } from './settings-handlers.ts'
import { jobStarter } from './start-job.ts'

/** Command name to room: the only table of its kind. A handler adds no logic, it names the room, and tells every door what changed. */
export function createHandlers(rooms: Rooms): Handlers {
  const { runtimes, environments, servers, jobs, events, settings } = rooms
  const tellRuntimes = async () => events.emit('runtimes.changed', { runtimes: [...(await runtimes.list())] })
  const tellEnvironments = async () =>
    events.emit('environments.changed', { environments: [...(await environments.list())] })
  const startJob = jobStarter(jobs)

  return {
    'host.info': () => rooms.hostInfo(),
    'host.snapshot': async () => {
      // Taken first: an event that arrives while the lists are read comes after this revision, and is applied on top.
      const revision = events.revision()
      return {
        revision,
        host: rooms.hostInfo(),
        settings: await settings.get(),
        runtimes: [...(await runtimes.list())],
        environments: [...(await environments.list())],
        servers: [...(await servers.list())],
        jobs: [...jobs.list()],
      }
    },
    'host.stop': () => rooms.stopHost(),
    'host.browserAddress': ({ port }) => rooms.browserAddress(port),

    'jobs.list': () => [...jobs.list()],
    'jobs.get': ({ id }) => jobs.get(id),
    'jobs.cancel': ({ id, release }) => (release ? jobs.release(id) : jobs.cancel(id)),
    'jobs.retry': ({ id }) => jobs.retry(id),

    ...settingsHandlers(rooms, tellRuntimes),
    'gpu.get': (params) => rooms.gpu.report(params),
    'network.show': () => rooms.network.show(),
    'network.test': () =>
      startJob('network.test', 'the network', 'network', {}, async (context) => [
        ...(await rooms.network.test(context)),
      ]),
    'doctor.run': () => runDoctor(rooms),
    'diagnostics.collect': () => collectDiagnostics(rooms),

    'runtimes.list': async ({ refresh }) => [...(await runtimes.list({ refresh }))],
    'runtimes.catalog': async () => [...(await runtimes.catalog())],
    'runtimes.measure': () =>
      startJob('runtimes.measure', 'the sizes of downloads', 'catalog', {}, async (context) => [
        ...(await runtimes.measure(context)),
      ]),
    'runtimes.install': (params) =>
      startJob('runtimes.install', 'Python', 'runtimes', params, async (context) => {
        const installed = await runtimes.install(params, context)
        await tellRuntimes()
        return installed
      }),
    'runtimes.setDefault': async ({ id }) => {
      const chosen = await runtimes.setDefault(id)
      await tellRuntimes()
      return chosen
    },
    'runtimes.remove': ({ id }) =>
      startJob('runtimes.remove', `runtime ${id}`, 'runtimes', { id }, async (context) => {
        const users = (await environments.list()).filter((environment) => environment.runtime === id)
        const removed = await runtimes.remove(
          id,
          users.map((user) => user.name),
          context,
        )
        await tellRuntimes()
        return removed
      }),

    'bundles.create': (params) =>
      startJob('bundles.create', `bundle ${params.path}`, `bundle ${params.path}`, params, async (context) => {
        const made = await rooms.bundles.create(params, context)
        await tellRuntimes()
        return made
      }),
    'bundles.import': (params) =>
      startJob('bundles.import', `bundle ${params.path}`, 'runtimes', params, async (context) => {
        const imported = await rooms.bundles.import(params, context)
        await tellRuntimes()
        return imported
      }),

    ...profileHandlers(rooms),
    'storage.usage': () =>
      startJob('storage.usage', 'the data root', 'storage usage', {}, (context) => diskUsage(rooms, context)),
    // Of those who make archives and take them from the cache, none is at work meanwhile.
    'storage.prune': () =>
      startJob('storage.prune', 'the cache', 'runtimes', {}, (context) => pruneCache(rooms, context)),

    ...environmentHandlers(rooms, startJob, tellEnvironments),

    'servers.list': async () => [...(await servers.list())],
    'servers.get': ({ name }) => servers.get(name),
    'servers.start': (params) => {
      const name = params.name ?? params.transport ?? ''
      return startJob('servers.start', `server ${name}`, serverKey(name), params, async (context) => {
        const started = await servers.start(params, context)
        // It may have made one. Nobody waits for a look at all of them; what is wrong with one is told to who asks for the list.
        void tellEnvironments().catch(() => {})
        return started
      })
    },
    'servers.stop': ({ name }) =>
      startJob('servers.stop', `server ${name}`, stopKey(name), { name }, (context) => servers.stop(name, context)),
    'servers.stopAll': () =>
      startJob('servers.stopAll', 'all servers', 'servers', {}, async (context) => [
        ...(await servers.stopAll(context)),
      ]),
    'servers.restart': ({ name }) =>
      startJob('servers.restart', `server ${name}`, serverKey(name), { name }, (context) =>
        servers.restart(name, context),
      ),
    'servers.startAll': () =>
      startJob('servers.startAll', 'all servers', 'start servers', {}, async (context) => {
        try {
          return [...(await servers.startAll(context))]
        } finally {
          await tellEnvironments()
        }
      }),
    'servers.save': (params) => servers.save(params),
    'servers.usage': async ({ name }) => [...(await servers.usage(name))],
    'servers.environment': ({ name }) => servers.environment(name),
    'servers.metrics': ({ name }) => servers.metrics(name),
    'servers.execute': (params) =>
      jobs.start({
        command: 'servers.execute',
        subject: `server ${params.name}`,
        // Of two runs on one server the second waits there for its turn, not here.
        exclusive: `run ${randomUUID()}`,
        wants: '',
        weight: params.code.length,
        work: (context, id) => servers.execute(params, id, context),
      }),
    'servers.answerInput': (params) => servers.answerInput(params),
    'servers.interrupt': (params) => servers.interrupt(params),
    'servers.handles': (params) => servers.handles(params),
    'servers.remove': ({ name }) => servers.remove(name),
    'servers.endpoint': ({ name }) => servers.endpoint(name),
    'servers.logs': async (params) => [...(await servers.logs(params))],

    'sessions.list': async ({ server }) => [...(await servers.sessions(server))],
    'sessions.open': (params) => servers.openSession(params),
    'sessions.reset': (params) => servers.resetSession(params),
    'sessions.close': (params) => servers.closeSession(params),

    'desktop.pickPath': (params) => rooms.desktop.pickPath(params),
    'desktop.reveal': (params) => rooms.desktop.reveal(params),
  }
}

const serverKey = (name: string) => `server ${name.toLocaleLowerCase('en')}`
/** A stop is its own thing: it must get through while a start is under way, which it cancels. */
const stopKey = (name: string) => `stop ${name.toLocaleLowerCase('en')}`
