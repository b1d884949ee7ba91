import type { GpuBackend, ProfileIndex, ProfileSpec } from '../../../contract/index.ts'
import { atLeast } from '../installer/versions.ts'
import { requirementName } from '../requirements.ts'
import type { Verification } from '../providers/verify.ts'

/** What profiles come to on one machine. */
export interface ProfilePlan {
  /** One joint resolve. */
  readonly requirements: readonly string[]
  /** Each on its own, and gone without where it fails. */
  readonly optional: readonly string[]
  /** Asked beside the usual index. */
  readonly indexes: readonly string[]
  /** Told where packages come in several builds. */
  readonly gpu: GpuBackend | undefined
  readonly verify: Verification
  readonly python: PythonLimits
}

export interface PythonLimits {
  readonly minimum: string | undefined
  readonly maximum: string | undefined
}

export interface Machine {
  readonly backend: GpuBackend
  readonly version: string | null
}

/** Whether any of them has packages in several builds: only then does the machine matter. */
export function needsMachine(parts: readonly ProfileSpec[]): boolean {
  return parts.some(({ indexes }) => indexes.length > 0)
}

export function planOf(
  parts: readonly ProfileSpec[],
  more: readonly string[],
  machine: Machine | undefined,
): ProfilePlan {
  const requirements = [...new Set([...parts.flatMap((part) => part.packages), ...more])]
  const wanted = new Set(requirements.map(requirementName))
  const optional = [...new Set(parts.flatMap((part) => part.optional))].filter(
    (text) => !wanted.has(requirementName(text)),
  )
  const urls = machine ? parts.flatMap((part) => indexFor(part.indexes, machine) ?? []) : []
  // A profile that names its modules knows better than their packages' names do.
  const guessed = parts.filter(({ imports }) => imports.length === 0).flatMap((part) => part.packages)
  return {
    requirements,
    optional,
    indexes: [...new Set(urls)],
    gpu: needsMachine(parts) ? machine?.backend : undefined,
    verify: {
      packages: [...new Set([...guessed, ...more])],
      modules: [...new Set(parts.flatMap((part) => part.imports))],
    },
    python: {
      minimum: parts.flatMap(({ python }) => python?.minimum ?? []).reduce<string | undefined>(later, undefined),
      maximum: parts.flatMap(({ python }) => python?.maximum ?? []).reduce<string | undefined>(earlier, undefined),
    },
  }
}

/** The newest that the machine runs; where its version is not known, the oldest that there is. */
export function indexFor(indexes: readonly ProfileIndex[], { backend, version }: Machine): string | undefined {
  const own = indexes.filter((one) => one.backend === backend)
  const newestFirst = [...own].sort((a, b) => compared(b.minimum ?? '0', a.minimum ?? '0'))
  const fit = newestFirst.find(
    ({ minimum }) => minimum === undefined || (version !== null && compared(version, minimum) >= 0),
  )
  return (fit ?? (version === null ? newestFirst.at(-1) : undefined))?.url
}

export function isWithin(python: string, { minimum, maximum }: PythonLimits): boolean {
  const [major = 0, minor = 0] = (maximum ?? '').split('.').map(Number)
  if (minimum !== undefined && compared(python, minimum) < 0) return false
  return maximum === undefined || !atLeast(python, major, minor + 1)
}

function later(a: string | undefined, b: string): string {
  return a === undefined || compared(b, a) > 0 ? b : a
}

function earlier(a: string | undefined, b: string): string {
  return a === undefined || compared(b, a) < 0 ? b : a
}

/** By their numbers. */
function compared(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => text.split('.').map((part) => Number.parseInt(part, 10) || 0))
  for (let place = 0; place < Math.max(left!.length, right!.length); place += 1) {
    const difference = (left![place] ?? 0) - (right![place] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
