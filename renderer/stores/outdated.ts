import { create } from 'zustand'
import type { OutdatedPackage, Package } from '../../contract/index.ts'

/** What the index said when it was last asked from this window, and about which versions. */
export interface UpdateCheck {
  readonly outdated: readonly OutdatedPackage[]
  readonly checked: readonly Package[]
}

interface OutdatedState {
  /** By environment. */
  readonly known: Readonly<Record<string, UpdateCheck>>
}

export const useOutdated = create<OutdatedState>()(() => ({ known: {} }))

export function rememberOutdated(environment: string, check: UpdateCheck): void {
  useOutdated.setState(({ known }) => ({ known: { ...known, [environment]: check } }))
}
