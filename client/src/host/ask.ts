import type { CallOptions } from '../call-limits.ts'
import type { Progress } from './models.ts'
import type { Environments, HostJobs, Runtimes, Servers, WhichEnvironment } from './nouns.ts'
import { hostWork } from './work.ts'
import type { HostWork, WorkOptions } from './work.ts'
import type { JsonObject } from '../values/json.ts'
import { environmentFrom, environmentStatusFrom, jobFrom, objects, runtimeFrom, serverFrom } from './read-models.ts'

/** Asks the server for an operation of docs/wire.md §2.5 or §2.6; with `onProgress`, one that tells how far it is. */
export type AskHost = (
  command: string,
  payload: JsonObject,
  options: CallOptions,
  onProgress?: (progress: Progress) => void,
) => Promise<JsonObject>

export interface HostNouns {
  readonly environments: Environments
  readonly runtimes: Runtimes
  readonly servers: Servers
  readonly jobs: HostJobs
}

/** What a backend has of its host. */
export function hostNouns(ask: AskHost): HostNouns {
  const work = <T>(
    command: string,
    payload: JsonObject,
    read: (reply: JsonObject) => T,
    options: WorkOptions,
  ): HostWork<T> =>
    hostWork(async (limits, onProgress) => read(await ask(command, payload, limits, onProgress)), options)
  return {
    environments: {
      list: async (options = {}) => objects(await ask('venv_list', {}, options), 'environments').map(environmentFrom),
      get: async (which, options = {}) => environmentStatusFrom(await ask('venv_status', naming(which), options)),
      ensure: (provider, { model, ...options } = {}) =>
        work('venv_ensure', given({ providerName: provider, modelId: model }), environmentFrom, options),
      create: (name, { packages, ...options } = {}) =>
        work('venv_create', given({ name, packages }), environmentFrom, options),
      install: (which, packages, options = {}) =>
        work('venv_install', { ...naming(which), packages }, environmentFrom, options),
      remove: (which, { permanent, ...options } = {}) =>
        work('venv_delete', given({ ...naming(which), permanent }), () => undefined, options),
    },
    runtimes: {
      list: async (options = {}) => objects(await ask('runtime_list', {}, options), 'runtimes').map(runtimeFrom),
      get: async (id, options = {}) => runtimeFrom(await ask('runtime_get', { runtimeId: id }, options)),
      install: (version, options = {}) => work('runtime_install', given({ version }), runtimeFrom, options),
    },
    servers: {
      list: async (options = {}) => objects(await ask('server_list', {}, options), 'servers').map(serverFrom),
      get: async (name, options = {}) => serverFrom(await ask('server_status', { name }, options)),
      start: (server, options = {}) =>
        work('server_start', typeof server === 'string' ? { name: server } : given(server), serverFrom, options),
      stop: (name, options = {}) => work('server_stop', { name }, serverFrom, options),
      restart: (name, options = {}) => work('server_restart', { name }, serverFrom, options),
    },
    jobs: {
      list: async (options = {}) => objects(await ask('job_list', {}, options), 'jobs').map(jobFrom),
      get: async (id, options = {}) => jobFrom(await ask('job_get', { jobId: id }, options)),
      cancel: async (id, options = {}) => jobFrom(await ask('job_cancel', { jobId: id }, options)),
    },
  }
}

function naming(which: WhichEnvironment): JsonObject {
  if (typeof which === 'string') return { venvPath: which }
  return given({ providerName: which.provider, modelId: which.model })
}

/** Without what is undefined. */
function given(fields: object): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}
