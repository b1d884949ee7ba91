import { AppError } from '../../../contract/index.ts'
import type { JobContext } from '../../jobs/index.ts'
import type { Layout } from '../../platform/index.ts'
import type { CatalogBuild } from '../catalog.ts'
import type { Fetch } from '../download/fetch.ts'
import { askSize } from './ask.ts'
import { knownSizes, rememberSizes } from './known.ts'

/** Files asked about at the same time: enough to be quick, too few to bother a mirror. */
const atOnce = 4
/** Milliseconds that one address may take to answer. */
const longestMs = 5000

export interface MeasureDeps {
  readonly layout: Layout
  readonly fetch: Fetch
  /** Milliseconds of silence after which a connection counts as lost, where that is less than we would wait. */
  readonly stallMs: number
  /** Where a file may lie, in the order in which a download would ask. */
  readonly urlsOf: (build: CatalogBuild) => readonly string[]
}

/**
 * Asks the mirrors for the sizes that are not known yet, and remembers them. A mirror that does not answer is asked once and
 * not again this time; what nobody tells stays unknown, and is no failure.
 * @throws CANCELLED, having kept what was told by then
 */
export async function measureSizes(
  deps: MeasureDeps,
  builds: readonly CatalogBuild[],
  context: JobContext,
): Promise<void> {
  const known = await knownSizes(deps.layout, builds)
  const waiting = builds.filter(({ sha256 }) => !known.has(sha256))
  const count = waiting.length
  const told = new Map<CatalogBuild, number>()
  const silent = new Set<string>()
  let done = 0
  const worker = async () => {
    for (let build = waiting.shift(); build && !context.signal.aborted; build = waiting.shift()) {
      const detail = `Python ${build.python}`
      context.progress({ fraction: done / count, title: 'Asking how large the downloads are', detail })
      const bytes = await sizeOf(deps, build, silent, context.signal)
      if (bytes !== undefined) told.set(build, bytes)
      done += 1
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  await rememberSizes(deps.layout, told)
  if (context.signal.aborted) throw new AppError('CANCELLED', 'Cancelled: asking how large the downloads are')
}

async function sizeOf(
  { fetch, stallMs, urlsOf }: MeasureDeps,
  build: CatalogBuild,
  silent: Set<string>,
  signal: AbortSignal,
): Promise<number | undefined> {
  for (const url of urlsOf(build)) {
    const mirror = placeOf(url)
    if (silent.has(mirror) || signal.aborted) continue
    const answer = await askSize(fetch, url, Math.min(longestMs, stallMs), signal)
    if (typeof answer === 'number') return answer
    if (answer === 'unreachable') silent.add(mirror)
  }
  return undefined
}

/** Who is asked: the host. Folders answer each for themselves. */
function placeOf(url: string): string {
  const { protocol, host } = new URL(url)
  return protocol === 'file:' ? url : `${protocol}//${host}`
}
