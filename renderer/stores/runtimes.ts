import { create } from 'zustand'
import type { CatalogEntry, Runtime } from '../../contract/index.ts'
import { call } from './call.ts'

interface RuntimesState {
  readonly runtimes: readonly Runtime[]
  /** What can be downloaded; undefined until asked for, and as old as the answer. */
  readonly catalog: readonly CatalogEntry[] | undefined
}

export const useRuntimes = create<RuntimesState>()(() => ({ runtimes: [], catalog: undefined }))

export async function loadCatalog(): Promise<void> {
  useRuntimes.setState({ catalog: await call('runtimes.catalog', {}) })
}

/** The sizes that `runtimes.measure` found out. */
export function putCatalog(catalog: readonly CatalogEntry[]): void {
  useRuntimes.setState({ catalog })
}

/** True where the size of some download is not known yet. */
export function lacksSizes(catalog: readonly CatalogEntry[] | undefined): boolean {
  return catalog?.some((entry) => entry.sizeBytes === null) ?? false
}

/** Looks for Pythons again, all over the machine. */
export async function refreshRuntimes(): Promise<void> {
  useRuntimes.setState({ runtimes: await call('runtimes.list', { refresh: true }) })
}

export function defaultRuntime(runtimes: readonly Runtime[]): Runtime | undefined {
  return runtimes.find((runtime) => runtime.isDefault && runtime.state === 'ready')
}
