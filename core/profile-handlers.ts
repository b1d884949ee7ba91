import type { CommandName } from '../contract/index.ts'
import type { Handlers } from './dispatch.ts'
import type { Rooms } from './rooms.ts'

/** The commands on what environments can begin with. */
export type ProfileHandlers = Pick<Handlers, Extract<CommandName, `profiles.${string}`>>

export function profileHandlers({ environments, events }: Pick<Rooms, 'environments' | 'events'>): ProfileHandlers {
  const changing = async <T>(work: Promise<T>): Promise<T> => {
    const result = await work
    events.emit('profiles.changed', { profiles: [...(await environments.profiles.list())] })
    return result
  }
  return {
    'profiles.list': async () => [...(await environments.profiles.list())],
    'profiles.get': (params) => environments.profiles.get(params),
    'profiles.save': (params) => changing(environments.profiles.save(params)),
    'profiles.remove': ({ id }) => changing(environments.profiles.remove(id)),
    'profiles.export': ({ ids }) => environments.profiles.export(ids),
    'profiles.import': async (params) => [...(await changing(environments.profiles.import(params)))],
    'profiles.preview': (params) => environments.profiles.preview(params),
  }
}
