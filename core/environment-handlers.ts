import type { CommandName } from '../contract/index.ts'
import type { Handlers } from './dispatch.ts'
import { providerEnvironmentName, refuseWhileUsed } from './environments/index.ts'
import type { JobContext } from './jobs/index.ts'
import type { Rooms } from './rooms.ts'
import type { StartJob } from './start-job.ts'

/** The commands on environments, their packages and what installs these. */
export type EnvironmentHandlers = Pick<
  Handlers,
  Extract<CommandName, `${'environments' | 'packages' | 'installer'}.${string}`>
>

export function environmentHandlers(
  { environments, jobs }: Pick<Rooms, 'environments' | 'jobs'>,
  startJob: StartJob,
  tellEnvironments: () => Promise<void>,
): EnvironmentHandlers {
  /** A job that changes one environment, and tells every door. */
  const onEnvironment = <T>(
    command: CommandName,
    name: string,
    params: object,
    work: (context: JobContext) => Promise<T>,
    weight?: number,
  ) =>
    startJob(
      command,
      `environment ${name}`,
      environmentKey(name),
      params,
      async (context) => {
        const result = await work(context).catch(async (error: unknown) => {
          // What failed half-way may have left it broken.
          await tellEnvironments().catch(() => {})
          throw error
        })
        await tellEnvironments()
        return result
      },
      weight,
    )

  return {
    'environments.list': async () => [...(await environments.list())],
    'environments.get': ({ name, provider, model }) =>
      environments.get(name ?? providerEnvironmentName(provider ?? '', model)),
    'environments.create': (params) =>
      onEnvironment('environments.create', params.name, params, (context) => environments.create(params, context)),
    'environments.ensure': async (params) => {
      const name = providerEnvironmentName(params.provider, params.model)
      // Apps ask each time they begin: where nothing is to do, nothing stays of it in the history.
      const found = await environments.findEnsured(params)
      if (found) return jobs.answer({ command: 'environments.ensure', subject: `environment ${name}` }, found)
      return startJob('environments.ensure', `environment ${name}`, environmentKey(name), { name }, async (context) => {
        const { environment, isChanged } = await environments.ensureProvider(params, context)
        if (isChanged) await tellEnvironments()
        return environment
      })
    },
    'environments.ensureAdmin': () =>
      startJob('environments.ensureAdmin', 'the admin environment', environmentKey('admin'), {}, async (context) => {
        const made = await environments.ensureAdmin(context)
        await tellEnvironments()
        return made
      }),
    'environments.remove': (params) =>
      onEnvironment('environments.remove', params.name, params, (context) => environments.remove(params, context)),
    'environments.trash': async () => [...(await environments.trash())],
    'environments.restore': async ({ id }) => {
      const { name } = await environments.trashed(id)
      return onEnvironment('environments.restore', name, { id }, (context) => environments.restore(id, context))
    },
    'environments.emptyTrash': () =>
      startJob('environments.emptyTrash', 'the trash', 'trash', {}, (context) => environments.emptyTrash(context)),
    'environments.clone': (params) =>
      onEnvironment('environments.clone', params.as, params, (context) => environments.clone(params, context)),
    'environments.repair': (params) =>
      onEnvironment('environments.repair', params.name, params, (context) => environments.repair(params.name, context)),
    'packages.list': async ({ name }) => [...(await environments.packages(name))],
    'packages.export': ({ name }) => environments.exportPackages(name),
    'packages.install': (params) =>
      onEnvironment('packages.install', params.name, params, (context) => environments.install(params, context)),
    'packages.import': (params) =>
      onEnvironment(
        'packages.import',
        params.name,
        params,
        (context) => environments.importPackages(params, context),
        params.text.length,
      ),
    'packages.upgrade': (params) =>
      onEnvironment('packages.upgrade', params.name, params, (context) => environments.upgrade(params, context)),
    'packages.uninstall': (params) =>
      onEnvironment('packages.uninstall', params.name, params, (context) => environments.uninstall(params, context)),
    'packages.snapshots': async ({ name }) => [...(await environments.snapshots(name))],
    'packages.snapshot': (params) =>
      onEnvironment('packages.snapshot', params.name, params, (context) => environments.snapshot(params, context)),
    'packages.rollback': (params) =>
      onEnvironment('packages.rollback', params.name, params, (context) => environments.rollback(params, context)),
    'packages.removeSnapshot': (params) =>
      onEnvironment('packages.removeSnapshot', params.name, params, (context) =>
        environments.removeSnapshot(params, context),
      ),
    'installer.show': () => environments.installer(),
    'installer.installUv': () =>
      startJob('installer.installUv', 'uv', 'uv', {}, (context) => environments.installUv(context)),
    'installer.removeUv': () =>
      startJob('installer.removeUv', 'uv', 'uv', {}, (context) => {
        refuseWhileUsed(jobs.list())
        return environments.removeUv(context)
      }),
    // These change nothing, so that they are in nobody's way: a key of their own.
    'packages.outdated': ({ name }) =>
      startJob('packages.outdated', `environment ${name}`, `outdated ${name}`, { name }, async (context) => [
        ...(await environments.outdated(name, context)),
      ]),
    'packages.lock': ({ name }) =>
      startJob('packages.lock', `environment ${name}`, `lock ${name}`, { name }, (context) =>
        environments.lockPackages(name, context),
      ),
    'packages.preview': (params) =>
      startJob(
        'packages.preview',
        `environment ${params.name}`,
        `preview ${JSON.stringify(params)}`,
        params,
        async (context) => [...(await environments.preview(params, context))],
      ),
  }
}

const environmentKey = (name: string) => `environment ${name.toLocaleLowerCase('en')}`
