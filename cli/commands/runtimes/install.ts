import { stat } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../../../contract/index.ts'
import type { Runtime, RuntimeSource, Settings } from '../../../contract/index.ts'
import { text } from '../../inputs.ts'
import { runtimeFields } from '../../tables/runtimes.ts'
import { verb } from '../../verb.ts'

export const installRuntime = verb({
  words: ['init', 'runtimes install'],
  summary: 'Get a Python and make it the default',
  commands: ['runtimes.install', 'runtimes.list', 'settings.get'],
  inputs: {
    version: text('--version <version>', 'such as 3.12 or 3.12.14; else the newest'),
    from: text('--from <source>', '`system`, the path of a Python, or an archive; else a download'),
    mirror: text('--mirror <url>', 'a folder or URL to download from, and from nowhere else'),
  },
  more: 'Safe to repeat: a Python that is there already is not fetched again.',
  async run({ call, run, io }, { version, from, mirror }) {
    const source = await sourceOf(from, mirror, io.cwd)
    const before = { runtimes: await call('runtimes.list', {}), settings: await call('settings.get', {}) }
    const runtime = await run('runtimes.install', { source, ...(version === undefined ? {} : { version }) })
    return {
      json: runtime,
      text: `${outcome(runtime, before)}\n${runtimeFields(runtime)}`,
      notes: ['Next: `beep-host start pipe`, or `beep-host venv create NAME numpy`'],
    }
  },
})

/** What the user meant by `--from`, decided by what lies there. @throws AppError INVALID_PARAMS, NOT_FOUND */
export async function sourceOf(
  from: string | undefined,
  mirror: string | undefined,
  cwd: string,
): Promise<RuntimeSource> {
  if (from === undefined) {
    if (mirror === undefined) return { kind: 'download' }
    return { kind: 'download', mirror: URL.canParse(mirror) ? mirror : path.resolve(cwd, mirror) }
  }
  if (mirror !== undefined)
    throw new AppError('INVALID_PARAMS', '--mirror is for downloads and does not go with --from')
  if (from === 'system') return { kind: 'system' }
  const place = path.resolve(cwd, from)
  const found = await stat(place).catch(() => undefined)
  if (!found) {
    throw new AppError('NOT_FOUND', `There is nothing at ${place}`, {
      hint: 'Give `system`, the path of a Python or of its folder, or an archive such as cpython-….tar.gz',
      details: { path: place },
    })
  }
  const isArchive = found.isFile() && /\.(tar|tgz|tar\.\w+|zip)$/iu.test(place)
  return isArchive ? { kind: 'file', path: place } : { kind: 'system', path: place }
}

interface Before {
  readonly runtimes: readonly Runtime[]
  readonly settings: Settings
}

function outcome({ id, version, source }: Runtime, { runtimes, settings }: Before): string {
  const isNew = !runtimes.some((runtime) => runtime.id === id)
  const got = isNew && source === 'managed' ? `Installed Python ${version}` : `Python ${version} is here already`
  return settings.defaultRuntime === id ? `${got}, and was the default` : `${got}; it is the default now`
}
