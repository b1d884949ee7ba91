import { isAppError } from '../../../contract/index.ts'
import type { AskedAddress } from '../../network/index.ts'
import { childEnvironment } from '../../platform/index.ts'
import { run } from '../../process/index.ts'
import type { Room } from '../room.ts'
import { pipOwners, readPipOptions } from './pip-configuration.ts'

/** A package that every index has, if it has any: asking for one is quicker than asking for the list of all. */
const anyPackage = 'pip'
const askMs = 30_000

/** Whom pip and uv ask, as far as their configuration tells without running them: the settings, variables, pip's files, pip itself. */
export async function packageIndexes(room: Room): Promise<readonly AskedAddress[]> {
  const { env } = room
  const [own, runtime] = await Promise.all([
    room.network.address('packageIndex'),
    room.runtimes.default().catch(() => undefined),
  ])
  const base = runtime?.executable ?? ''
  const options = await readPipOptions(room, base, AbortSignal.timeout(askMs))
  const words = (text: string | undefined) => (text ?? '').split(/\s+/u).filter(Boolean)
  const found: { readonly url: string; readonly origin: AskedAddress['origin'] }[] = []
  const add = (origin: AskedAddress['origin'], ...urls: readonly string[]) =>
    found.push(...urls.map((url) => ({ url, origin })))
  const [inVariable] = ['UV_DEFAULT_INDEX', 'UV_INDEX_URL', 'PIP_INDEX_URL'].flatMap((name) => env[name] || [])
  const [inFile] = words(options.get('index-url'))
  if (own !== null) add('setting', own)
  else if (inVariable !== undefined) add('environment', inVariable)
  else if (inFile !== undefined) add('tool', inFile)
  else add('built-in', ...(await usualIndex(room, base)))
  const inVariables = ['UV_INDEX', 'UV_EXTRA_INDEX_URL', 'PIP_EXTRA_INDEX_URL'].flatMap((name) => words(env[name]))
  add('environment', ...inVariables.map((text) => text.replace(/^[\w-]+=(?=\w+:)/u, '')))
  add('tool', ...words(options.get('extra-index-url')))
  const seen = new Set<string>()
  return found
    .filter(({ url }) => URL.canParse(url) && !seen.has(url) && seen.add(url))
    .map(({ url, origin }) => ({ url, origin, ask: pagesOf(url) }))
}

function pagesOf(index: string): readonly string[] {
  if (index.startsWith('file:')) return [index]
  const root = new URL(index)
  root.pathname = `${root.pathname.replace(/\/+$/u, '')}/`
  return [new URL(`${anyPackage}/`, root).href, root.href]
}

/** Where pip goes if nobody tells it otherwise: it alone says so. */
async function usualIndex(room: Room, base: string): Promise<readonly string[]> {
  const question = 'from pip._internal.models.index import PyPI; print(PyPI.simple_url)'
  for (const interpreter of await pipOwners(room, base)) {
    try {
      const env = childEnvironment(room.env, room.platform)
      const argv: [string, ...string[]] = [interpreter, '-I', '-X', 'utf8', '-c', question]
      const { exitCode, stdout } = await run(argv, { env, timeoutMs: askMs })
      if (exitCode === 0 && URL.canParse(stdout.trim())) return [stdout.trim()]
    } catch (error) {
      if (!isAppError(error)) throw error
    }
  }
  return []
}
