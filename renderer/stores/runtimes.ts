import { create } from 'zustand'
import type { CatalogEntry, Runtime } from '../../contract/index.ts'
import { call } from './call.ts'

interface RuntimesState {
  readonly runtimes: readonly Runtime[]
  /** What can be downloaded; undefined until asked for. `isInstalled` in it is as old as the answer: see `isInstalled`. */
  readonly catalog: readonly CatalogEntry[] | undefined
}

export const useRuntimes = create<RuntimesState>()(() => ({ runtimes: [], catalog: undefined }))

export async function loadCatalog(): Promise<void> {
  useRuntimes.setState({ catalog: await call('runtimes.catalog', {}) })
}

/** Looks for Pythons again, all over the machine. */
export async function refreshRuntimes(): Promise<void> {
  useRuntimes.setState({ runtimes: await call('runtimes.list', { refresh: true }) })
}

export function defaultRuntime(runtimes: readonly Runtime[]): Runtime | undefined {
  return runtimes.find((runtime) => runtime.isDefault && runtime.state === 'ready')
}
