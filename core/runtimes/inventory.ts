import type { Runtime } from '../../contract/index.ts'
import type { Layout } from '../platform/index.ts'
import type { SettingsStore } from '../storage/index.ts'
import { discover } from './discovery/discover.ts'
import type { Discovered } from './discovery/discover.ts'
import { architectureOf, isManagedId, isSameSystemId, systemId } from './identity.ts'
import { managedAsRuntime, readAllManaged } from './manifest.ts'
import { compareVersions, parseVersion } from './version.ts'

/** Milliseconds for which one look at the machine serves every question of this process. */
const lookHoldsMs = 30_000

/** What is installed: managed runtimes as the disk has them now, discovered ones as of the last look. */
export interface Inventory {
  readonly list: (refresh?: boolean) => Promise<readonly Runtime[]>
  readonly find: (id: string) => Promise<Runtime | undefined>
  /** The one to use where none is named. */
  readonly default: () => Promise<Runtime | undefined>
  /** After something changed that discovery would see. */
  readonly forget: () => void
}

export interface InventoryDeps {
  readonly layout: Layout
  readonly settings: SettingsStore
  readonly env: NodeJS.ProcessEnv
}

export function createInventory({ layout, settings, env }: InventoryDeps): Inventory {
  let look: { readonly at: number; readonly of: string; readonly found: Promise<readonly Discovered[]> } | undefined
  const discovered = (named: readonly string[], refresh: boolean) => {
    const of = JSON.stringify(named)
    if (!refresh && look?.of === of && performance.now() - look.at < lookHoldsMs) return look.found
    const found = discover({ layout, env, named, refresh })
    const mine = { at: performance.now(), of, found }
    look = mine
    found.catch(() => {
      if (look === mine) look = undefined
    })
    return found
  }
  const list = async (refresh = false) => {
    const chosen = await settings.get()
    const [managed, system] = await Promise.all([readAllManaged(layout), discovered(chosen.extraRuntimes, refresh)])
    const runtimes = [...managed.map((runtime) => managedAsRuntime(runtime)), ...system.map(asRuntime)]
    const byDefault = chooseDefault(runtimes, chosen.defaultRuntime)
    return runtimes.sort(byUse).map((runtime) => ({ ...runtime, isDefault: runtime === byDefault }))
  }
  /** The managed ones alone, where they decide: nobody waits for discovery then. Undefined: a discovered one is the default, or may be. */
  const managedAlone = async () => {
    const { defaultRuntime } = await settings.get()
    if (defaultRuntime !== null && !isManagedId(defaultRuntime)) return undefined
    const runtimes = (await readAllManaged(layout)).map((runtime) => managedAsRuntime(runtime))
    const byDefault = chooseDefault(runtimes, defaultRuntime)
    return byDefault && runtimes.map((runtime) => ({ ...runtime, isDefault: runtime === byDefault }))
  }
  return {
    list,
    async find(id) {
      const managed = isManagedId(id) ? await managedAlone() : undefined
      return managed?.find((runtime) => runtime.id === id) ?? findById(await list(), id)
    },
    async default() {
      return [...((await managedAlone()) ?? (await list()))].find((runtime) => runtime.isDefault)
    },
    forget() {
      look = undefined
    },
  }
}

function asRuntime({ origin, executable, realpath, probe, problem }: Discovered): Runtime {
  return {
    id: systemId(probe?.version, realpath),
    version: probe?.version ?? 'unknown',
    implementation: probe?.implementation ?? 'unknown',
    architecture: probe ? architectureOf(probe) : 'unknown',
    executable,
    source: 'system',
    origin,
    isDefault: false,
    state: problem ? 'broken' : 'ready',
    ...(problem ? { problem } : {}),
    ...(probe ? { probe } : {}),
  }
}

/** By id; a system Python that was upgraded in place is still found by its old one. */
export function findById(runtimes: readonly Runtime[], id: string): Runtime | undefined {
  return runtimes.find((runtime) => runtime.id === id) ?? runtimes.find((runtime) => isSameSystemId(runtime.id, id))
}

/** The chosen one while it is usable, else the newest managed one, else the newest discovered one. */
export function chooseDefault(runtimes: readonly Runtime[], chosen: string | null): Runtime | undefined {
  const usable = runtimes.filter((runtime) => runtime.state === 'ready')
  return (chosen === null ? undefined : findById(usable, chosen)) ?? best(usable)
}

/** Managed before discovered, plain releases before unusual builds, newer before older. */
export function best(runtimes: readonly Runtime[]): Runtime | undefined {
  return runtimes
    .filter((runtime) => runtime.state === 'ready')
    .toSorted((a, b) => oddness(a) - oddness(b) || byUse(a, b))[0]
}

/** What makes a Python a poor choice for environments that nobody chose a Python for. */
function oddness({ probe, version, source }: Runtime): number {
  if (source === 'managed' || probe === undefined) return 0
  return [
    !probe.hasVenv,
    !probe.hasSsl,
    probe.freeThreaded,
    parseVersion(version)?.pre !== undefined,
    probe.bits !== 64,
  ].filter(Boolean).length
}

function byUse(a: Runtime, b: Runtime): number {
  return (
    Number(b.source === 'managed') - Number(a.source === 'managed') ||
    Number(a.state === 'broken') - Number(b.state === 'broken') ||
    compareVersions(b.version, a.version)
  )
}
