import { AppError, fromErrorInfo } from '../../contract/index.ts'
import type { Runtime } from '../../contract/index.ts'
import { platformFacts } from '../platform/index.ts'
import { buildTripleOf, loadCatalog } from './catalog.ts'
import { installSystem } from './install-system.ts'
import { createInventory } from './inventory.ts'
import { readAllManaged } from './manifest.ts'
import type { Runtimes, RuntimesDeps } from './types.ts'

export function createRuntimes(deps: RuntimesDeps): Runtimes {
  const { env, layout, settings } = deps
  const inventory = createInventory(deps)
  const get = async (id: string): Promise<Runtime> => {
    const found = await inventory.find(id)
    if (found) return found
    throw new AppError('NOT_FOUND', `There is no Python with the id ${id}`, {
      hint: '`beep-host runtimes list` shows those there are.',
      details: { id },
    })
  }
  const setDefault = async (id: string): Promise<Runtime> => {
    const runtime = await get(id)
    if (runtime.problem) throw fromErrorInfo(runtime.problem)
    await settings.update({ defaultRuntime: runtime.id })
    return { ...runtime, isDefault: true }
  }
  return {
    list: (options) => inventory.list(options?.refresh),
    get,
    setDefault,
    async catalog() {
      const place = buildTripleOf(platformFacts())
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
        }))
    },
    async default() {
      const found = (await inventory.list()).find((runtime) => runtime.isDefault)
      if (found) return found
      throw new AppError('PYTHON_MISSING', 'There is no Python to work with', {
        hint: 'Get one: `beep-host init` downloads it, `beep-host init --from system` takes one that is on this machine.',
      })
    },
    async install(request, context) {
      const { source, version } = request
      if (source.kind !== 'system')
        throw new AppError('UNSUPPORTED', `Installing from a ${source.kind} is not built yet`)
      const installed = await installSystem(
        { layout, settings, env, inventory },
        { path: source.path, version },
        context,
      )
      return request.makeDefault ? setDefault(installed.id) : installed
    },
    remove() {
      throw new AppError('UNSUPPORTED', 'not built yet')
    },
  }
}
