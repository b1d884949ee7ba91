import type { Runtime } from '../../contract/index.ts'
import { featureVersion } from './venv.ts'

/** What the packages of an environment were made for. */
export interface Built {
  /** Version of Python. */
  readonly python: string
  readonly implementation: string
  readonly freeThreaded: boolean
}

export interface RepairPlan {
  readonly runtime: Runtime
  /** The packages that are there work on it. */
  readonly keepsPackages: boolean
}

/**
 * The Python to put an environment on: one that its packages work on, if there is any, for then they can stay. Among those the
 * recorded one comes first, then the default one; where none fits, the recorded one in its new version, else the default one.
 * @param recorded the runtime that it was made on, if that is still there
 * @param built undefined: it has no packages worth keeping
 */
export function planRepair(
  built: Built | undefined,
  recorded: Runtime | undefined,
  byDefault: Runtime | undefined,
  runtimes: readonly Runtime[],
): RepairPlan | undefined {
  const inOrder = [recorded, byDefault, ...runtimes]
    .filter((runtime) => runtime !== undefined)
    .filter(({ state }) => state === 'ready')
  const fitting = built && inOrder.find((runtime) => fits(built, runtime))
  if (fitting) return { runtime: fitting, keepsPackages: true }
  const [first] = [recorded, byDefault].filter((runtime) => runtime?.state === 'ready')
  return first && { runtime: first, keepsPackages: false }
}

/** The same line of the same Python: compiled packages fit no other. */
function fits(built: Built, { version, implementation, probe }: Runtime): boolean {
  return (
    featureVersion(version) === featureVersion(built.python) &&
    implementation === built.implementation &&
    (probe?.freeThreaded ?? false) === built.freeThreaded
  )
}

/** By the folder of the packages, `lib/python3.13t/site-packages`; Windows has no version in it. */
export function builtFor(site: string, python: string): Built {
  const library = /[/\\](python|pypy)(\d+\.\d+)(t?)[/\\]site-packages$/u.exec(site)
  return {
    python,
    implementation: library?.[1] === 'pypy' ? 'pypy' : 'cpython',
    freeThreaded: library?.[3] === 't',
  }
}
