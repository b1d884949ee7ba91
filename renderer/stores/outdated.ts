import { create } from 'zustand'
import type { OutdatedPackage } from '../../contract/index.ts'

interface OutdatedState {
  /** Environment to what the index said when it was last asked from this window. */
  readonly known: Readonly<Record<string, readonly OutdatedPackage[]>>
}

export const useOutdated = create<OutdatedState>()(() => ({ known: {} }))

export function rememberOutdated(environment: string, outdated: readonly OutdatedPackage[]): void {
  useOutdated.setState(({ known }) => ({ known: { ...known, [environment]: outdated } }))
}
