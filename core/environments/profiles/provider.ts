import { gpuBackends } from '../../../contract/index.ts'
import type { GpuBackend } from '../../../contract/index.ts'
import { providerEnvironmentName } from '../providers/name.ts'
import type { KnownSpec, KnownSpecs } from './resolve.ts'

/** The profile of a provider, and the back end that its name asks for. */
export interface ProviderProfile {
  readonly known: KnownSpec
  readonly gpu?: GpuBackend
}

/**
 * Whose packages a provider gets: of the user's own profiles the one that is called like it, then the one that has it for an
 * alias; then the same of those that ship. A provider that none of them knows, and whose name ends like `-cuda`, is looked for
 * without that ending. Else there is none, and its environment begins without packages.
 */
export function profileOfProvider(known: KnownSpecs, provider: string): ProviderProfile | undefined {
  const name = providerEnvironmentName(provider)
  const exact = named(known, name)
  if (exact) return { known: exact }
  for (const gpu of gpuBackends) {
    const plain = name.endsWith(`-${gpu}`) ? named(known, name.slice(0, -gpu.length - 1)) : undefined
    if (plain) return { known: plain, gpu }
  }
  return undefined
}

function named(known: KnownSpecs, name: string): KnownSpec | undefined {
  const all = [...known.values()]
  for (const isBuiltIn of [false, true]) {
    const ones = all.filter((one) => one.isBuiltIn === isBuiltIn)
    const one = ones.find(({ spec }) => spec.id === name) ?? ones.find(({ spec }) => spec.aliases.includes(name))
    if (one) return one
  }
  return undefined
}
