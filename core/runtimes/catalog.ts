import { z } from 'zod'
import { AppError } from '../../contract/index.ts'
import { tripleOf, triples } from '../platform/index.ts'
import type { PlatformFacts, Triple } from '../platform/index.ts'
import { shipped } from '../shipped.ts'
import { readJson } from '../storage/index.ts'
import { managedId } from './identity.ts'
import { mirrorProblem } from './mirror.ts'
import { compareVersions, matchesRequest, parseVersion } from './version.ts'

/**
 * The pinned list of Pythons that can be downloaded. The hashes travel with the product: a list of hashes from the very server
 * that the archive comes from would prove nothing against that server.
 */
export const catalogFileSchema = z
  .object({
    version: z.literal(1),
    /** Which of the builds; "stripped" has no debug symbols and is a third of the size. */
    flavor: z.string().regex(/^[\w+-]+$/u),
    /** Where the archives lie, in the order in which they are asked: `<mirror>/<tag>/<file>`. */
    mirrors: z
      .array(z.string().refine((text) => mirrorProblem(text) === undefined, 'is not the address of a mirror'))
      .min(1),
    releases: z.array(
      z.object({
        python: z.string().refine((text) => parseVersion(text) !== undefined, 'is not a Python version'),
        tag: z.string().regex(/^\d{8}$/u),
        sha256: z.partialRecord(z.enum(triples), z.string().regex(/^[\da-f]{64}$/u)),
      }),
    ),
  })
  .strict()

/** One archive of the catalog. */
export interface CatalogBuild {
  readonly id: string
  readonly python: string
  readonly tag: string
  readonly triple: Triple
  readonly file: string
  readonly sha256: string
}

export interface Catalog {
  readonly mirrors: readonly string[]
  readonly builds: readonly CatalogBuild[]
}

/** Names another catalog: for a private mirror that has other builds, and for tests. */
export const catalogVariable = 'BEEP_PYTHON_CATALOG'

/** @throws FILE_UNREADABLE when the catalog is not one. */
export async function loadCatalog(env: NodeJS.ProcessEnv): Promise<Catalog> {
  const file = env[catalogVariable] || shipped('resources/python-catalog.json')
  const read = await readJson(file, catalogFileSchema)
  if (read.state === 'ok') return expand(read.value)
  const problem = read.state === 'absent' ? `There is no Python catalog ${file}` : read.problem.message
  throw new AppError('FILE_UNREADABLE', problem, {
    hint: env[catalogVariable] ? `${catalogVariable} names it; correct or unset it.` : 'Install the product again.',
    details: { path: file },
  })
}

function expand(file: z.output<typeof catalogFileSchema>): Catalog {
  const builds = file.releases.flatMap(({ python, tag, sha256 }) =>
    triples.flatMap((triple): CatalogBuild[] => {
      const hash = sha256[triple]
      if (hash === undefined) return []
      const name = `cpython-${python}+${tag}-${triple}-${file.flavor}.tar.gz`
      return [{ id: managedId(python, triple), python, tag, triple, file: name, sha256: hash }]
    }),
  )
  return { mirrors: file.mirrors, builds: builds.sort((a, b) => compareVersions(b.python, a.python)) }
}

/**
 * The build that suits a machine. Windows on ARM takes the Intel build, which the system emulates: too few packages come as
 * wheels for ARM there, and uv decides the same (uv#12906, uv#19015).
 */
export function buildTripleOf(facts: PlatformFacts): { triple: Triple } | { problem: string } {
  if (facts.platform === 'win32' && facts.arch === 'arm64') return { triple: 'x86_64-pc-windows-msvc' }
  return tripleOf(facts)
}

/**
 * The newest build for "3", "3.12" or "3.12.14". Without a request it is the newest of all: the catalog only takes up a line of
 * Python once the big packages have wheels for it.
 * @throws WRONG_PLATFORM, NOT_FOUND
 */
export function chooseBuild(catalog: Catalog, facts: PlatformFacts, request: string | undefined): CatalogBuild {
  const place = buildTripleOf(facts)
  if ('problem' in place) {
    throw new AppError('WRONG_PLATFORM', `No Python can be downloaded: ${place.problem}`, {
      hint: 'Use a Python that is on this machine: `beep-host init --from system`.',
      details: { ...facts },
    })
  }
  const hint = 'Or use one that is on this machine: `beep-host init --from system`, or a path instead of the word.'
  return buildFor(catalog, place.triple, request, hint)
}

/** The same for any machine. @throws NOT_FOUND, with what else can be done */
export function buildFor(catalog: Catalog, triple: Triple, request: string | undefined, hint = ''): CatalogBuild {
  const builds = catalog.builds.filter((build) => build.triple === triple)
  const found = builds.find((build) =>
    request === undefined ? parseVersion(build.python)?.pre === undefined : matchesRequest(build.python, request),
  )
  if (found) return found
  const there = builds.map((build) => build.python).join(', ') || 'none'
  throw new AppError('NOT_FOUND', `The catalog has no Python ${request ?? ''} for ${triple}`.replace('  ', ' '), {
    hint: `Available: ${there}. ${hint}`.trim(),
    details: { request, triple, available: builds.map((build) => build.python) },
  })
}
