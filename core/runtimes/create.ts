import path from 'node:path'
import { AppError, fromErrorInfo } from '../../contract/index.ts'
import type { CatalogEntry, Runtime } from '../../contract/index.ts'
import { platformFacts } from '../platform/index.ts'
import { freeBytes } from '../storage/index.ts'
import { buildTripleOf, loadCatalog } from './catalog.ts'
import type { CatalogBuild } from './catalog.ts'
import { chooseFetch } from './download/choose-fetch.ts'
import { createNodeFetch } from './download/node-fetch.ts'
import { timingsOf } from './download/retry.ts'
import { installFile } from './install/from-archive.ts'
import { installDownload, obtainArchive, urlsOf } from './install/from-download.ts'
import type { InstallDeps } from './install/plan.ts'
import { removeManaged } from './install/remove.ts'
import { installSystem } from './install/system.ts'
import { createInventory } from './inventory.ts'
import { readAllManaged } from './manifest.ts'
import { knownSizes } from './sizes/known.ts'
import { measureSizes } from './sizes/measure.ts'
import { catalogUrl, mirrorProblem, mirrorUrls } from './mirror.ts'
import type { Runtimes, RuntimesDeps } from './types.ts'

/** Where tests reach in: the machine's facts, its free space, and the moments of an install. */
export type RuntimesSeams = Partial<Pick<InstallDeps, 'facts' | 'freeBytes' | 'onPhase'>>

export function createRuntimes(deps: RuntimesDeps, seams: RuntimesSeams = {}): Runtimes {
  const { env, layout, settings, network } = deps
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
  const installing = async (): Promise<InstallDeps> => {
    const [{ offline }, mirror] = await Promise.all([settings.get(), network.address('pythonMirror')])
    return {
      layout,
      env,
      facts: factsOf(),
      fetch: chooseFetch(createNodeFetch(network.route), deps.fetch, network.leavesItToTheSystem),
      freeBytes: seams.freeBytes ?? freeBytes,
      onPhase: seams.onPhase ?? (() => {}),
      mirror,
      isOffline: offline,
    }
  }

  /** Those for this machine; none where it has no build. */
  const ownBuilds = async (): Promise<readonly CatalogBuild[]> => {
    const place = buildTripleOf(factsOf())
    if ('problem' in place) return []
    return (await loadCatalog(env)).builds.filter((build) => build.triple === place.triple)
  }
  const listCatalog = async (): Promise<readonly CatalogEntry[]> => {
    const [builds, managed] = await Promise.all([ownBuilds(), readAllManaged(layout)])
    const installed = new Set(managed.flatMap((runtime) => (runtime.problem ? [] : [runtime.id])))
    const sizes = await knownSizes(layout, builds)
    return builds.map(({ id, python, triple, file, sha256 }) => ({
      key: id,
      version: python,
      triple,
      file,
      sha256,
      isInstalled: installed.has(id),
      sizeBytes: sizes.get(sha256) ?? null,
    }))
  }

  return {
    list: (options) => inventory.list(options?.refresh),
    get,
    setDefault,
    catalog: listCatalog,
    async measure(context) {
      const [catalog, builds, { fetch, mirror, isOffline }] = await Promise.all([
        loadCatalog(env),
        ownBuilds(),
        installing(),
      ])
      if (isOffline) return await listCatalog()
      const urls = (build: CatalogBuild) => urlsOf(catalog, build, mirror)
      await measureSizes({ layout, fetch, stallMs: timingsOf(env).stallMs, urlsOf: urls }, builds, context)
      return await listCatalog()
    },
    async sources() {
      const [catalog, builds, mirror] = await Promise.all([
        loadCatalog(env),
        ownBuilds(),
        network.address('pythonMirror'),
      ])
      const [newest] = builds
      if (newest === undefined) return []
      if (mirror !== null) {
        // Its archive may lie in one of two places there; at what is no mirror, nowhere.
        const ask =
          path.isAbsolute(mirror) || !mirrorProblem(mirror) ? mirrorUrls(mirror, newest, process.platform) : []
        return [{ url: mirror, origin: 'setting', ask }]
      }
      return catalog.mirrors.map((url) => ({ url, origin: 'built-in', ask: [catalogUrl(url, newest)] }))
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
    async archive(version, context, triple) {
      const request = { version, mirror: undefined, triple }
      const { build, ...archive } = await obtainArchive(await installing(), await loadCatalog(env), request, context)
      const { file, name, bytes, sha256 } = archive
      return { file, name, bytes, sha256, python: build.python, triple: build.triple }
    },
    triple() {
      const place = buildTripleOf(factsOf())
      if ('triple' in place) return place.triple
      throw new AppError('WRONG_PLATFORM', `There are no archives for this machine: ${place.problem}`)
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
