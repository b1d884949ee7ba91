import { AppError, fromErrorInfo } from '../../contract/index.ts'
import type { Runtime } from '../../contract/index.ts'
import { platformFacts } from '../platform/index.ts'
import { freeBytes } from '../storage/index.ts'
import { buildTripleOf, loadCatalog } from './catalog.ts'
import { createNodeFetch } from './download/node-fetch.ts'
import { installFile } from './install/from-archive.ts'
import { installDownload } from './install/from-download.ts'
import type { InstallDeps } from './install/plan.ts'
import { removeManaged } from './install/remove.ts'
import { installSystem } from './install/system.ts'
import { createInventory } from './inventory.ts'
import { readAllManaged } from './manifest.ts'
import type { Runtimes, RuntimesDeps } from './types.ts'

/** Where tests reach in: the machine's facts, its free space, and the moments of an install. */
export type RuntimesSeams = Partial<Pick<InstallDeps, 'facts' | 'freeBytes' | 'onPhase'>>

export function createRuntimes(deps: RuntimesDeps, seams: RuntimesSeams = {}): Runtimes {
  const { env, layout, settings } = deps
  const inventory = createInventory(deps)
  // Asked for late: Node's report on the machine takes its time.
  const factsOf = () => seams.facts ?? platformFacts()

  const get = async (id: string): Promise<Runtime> => {
    const found = await inventory.find(id)
    if (found) return found
    throw new AppError('NOT_FOUND', `There is no Python with the id ${id}`, {
      hint: '`beep-host runtimes list` shows those that there are.',
      details: { id },
    })
  }
  const setDefault = async (id: string): Promise<Runtime> => {
    const runtime = await get(id)
    if (runtime.problem) throw fromErrorInfo(runtime.problem)
    await settings.update({ defaultRuntime: runtime.id })
    return { ...runtime, isDefault: true }
  }
  const installing = async (): Promise<InstallDeps> => ({
    layout,
    env,
    facts: factsOf(),
    fetch: deps.fetch ?? createNodeFetch(env),
    freeBytes: seams.freeBytes ?? freeBytes,
    onPhase: seams.onPhase ?? (() => {}),
    mirror: (await settings.get()).pythonMirror,
  })

  return {
    list: (options) => inventory.list(options?.refresh),
    get,
    setDefault,
    async catalog() {
      const place = buildTripleOf(factsOf())
      if ('problem' in place) return []
      const [catalog, managed] = await Promise.all([loadCatalog(env), readAllManaged(layout)])
      const installed = new Set(managed.flatMap((runtime) => (runtime.problem ? [] : [runtime.id])))
      return catalog.builds
        .filter((build) => build.triple === place.triple)
        .map(({ id, python, triple, file, sha256 }) => ({
          key: id,
          version: python,
          triple,
          file,
          sha256,
          isInstalled: installed.has(id),
          sizeBytes: null,
        }))
    },
    async default() {
      const found = await inventory.default()
      if (found) return found
      throw new AppError('PYTHON_MISSING', 'There is no Python to work with', {
        hint: 'Get one: `beep-host init` downloads it, `beep-host init --from system` takes one that is on this machine.',
      })
    },
    async install({ source, version, makeDefault }, context) {
      const obtain = async (): Promise<string> => {
        switch (source.kind) {
          case 'system':
            return (await installSystem({ layout, settings, env, inventory }, { path: source.path, version }, context))
              .id
          case 'file':
            return await installFile(
              await installing(),
              await loadCatalog(env),
              { path: source.path, version },
              context,
            )
          case 'download':
            return await installDownload(
              await installing(),
              await loadCatalog(env),
              { mirror: source.mirror, version },
              context,
            )
        }
      }
      const id = await obtain()
      return makeDefault ? await setDefault(id) : await get(id)
    },
    async remove(id, usedBy, context) {
      const runtime = await get(id)
      if (runtime.source === 'system') {
        throw new AppError('PROTECTED', `${runtime.executable} belongs to this machine, and is not removed`, {
          hint: 'Remove it the way it was installed. One that you named yourself goes from extraRuntimes in settings.json.',
          details: { id, executable: runtime.executable },
        })
      }
      if (usedBy.length > 0) {
        throw new AppError('IN_USE', `Python ${runtime.version} carries ${usedBy.join(', ')}`, {
          hint: 'Delete these environments first.',
          details: { id, environments: usedBy },
        })
      }
      const freedBytes = await removeManaged(layout, id, context)
      if ((await settings.get()).defaultRuntime === id) await settings.update({ defaultRuntime: null })
      return { id, freedBytes }
    },
  }
}
