import { AppError } from '../contract/index.ts'
import type { CommandName } from '../contract/index.ts'
import type { Handlers } from './dispatch.ts'
import type { Rooms } from './rooms.ts'
import type { StartJob } from './start-job.ts'

/** The commands on environments, their packages and what they can begin with. */
export type EnvironmentHandlers = Pick<
  Handlers,
  Extract<CommandName, `${'environments' | 'packages' | 'profiles'}.${string}`>
>

export function environmentHandlers(
  { environments }: Pick<Rooms, 'environments'>,
  startJob: StartJob,
  tellEnvironments: () => Promise<void>,
): EnvironmentHandlers {
  return {
    'environments.list': async () => [...(await environments.list())],
    'environments.get': ({ name }) => environments.get(name),
    'environments.create': (params) =>
      startJob(
        'environments.create',
        `environment ${params.name}`,
        environmentKey(params.name),
        params,
        async (context) => {
          const created = await environments.create(params, context)
          await tellEnvironments()
          return created
        },
      ),
    'environments.ensureAdmin': () =>
      startJob('environments.ensureAdmin', 'the admin environment', environmentKey('admin'), {}, async (context) => {
        const made = await environments.ensureAdmin(context)
        await tellEnvironments()
        return made
      }),
    'environments.remove': (params) => {
      const { name } = params
      return startJob('environments.remove', `environment ${name}`, environmentKey(name), params, async (context) => {
        const removed = await environments.remove(params, context)
        await tellEnvironments()
        return removed
      })
    },
    'environments.trash': async () => [...(await environments.trash())],
    'environments.restore': async ({ id }) => {
      const { name } = await environments.trashed(id)
      return startJob('environments.restore', `environment ${name}`, environmentKey(name), { id }, async (context) => {
        const restored = await environments.restore(id, context)
        await tellEnvironments()
        return restored
      })
    },
    'environments.emptyTrash': () =>
      startJob('environments.emptyTrash', 'the trash', 'trash', {}, (context) => environments.emptyTrash(context)),
    'environments.clone': () => notYet(),
    'environments.repair': () => notYet(),
    'profiles.list': async () => [...(await environments.profiles())],
    'packages.outdated': () => notYet(),
    'packages.upgrade': () => notYet(),
    'packages.uninstall': () => notYet(),
    'packages.preview': () => notYet(),
    'packages.export': () => notYet(),
    'packages.import': () => notYet(),
    'packages.list': async ({ name }) => [...(await environments.packages(name))],
    'packages.install': (params) =>
      startJob(
        'packages.install',
        `environment ${params.name}`,
        environmentKey(params.name),
        params,
        async (context) => {
          const changed = await environments.install(params, context)
          await tellEnvironments()
          return changed
        },
      ),
  }
}

function notYet(): never {
  throw new AppError('UNSUPPORTED', 'This is being built')
}

const environmentKey = (name: string) => `environment ${name.toLocaleLowerCase('en')}`
