import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { download } from '../../../core/runtimes/download/download.ts'
import { createNodeFetch } from '../../../core/runtimes/download/node-fetch.ts'
import type { DownloadProgress } from '../../../core/runtimes/download/types.ts'
import { createNetwork } from '../../../core/network/index.ts'
import { layoutOf } from '../../../core/platform/index.ts'
import { createSettingsStore, freeBytes } from '../../../core/storage/index.ts'
import { archive } from './workplace.ts'

/** Long enough for a busy machine not to look like a dead line; the tests of silence shorten it. */
const timings = { connectMs: 2000, stallMs: 3000, retryBaseMs: 5 }

/** One download of the archive into a folder of its own; run it again to go on. */
export function downloadTo(folder: string, ...mirrors: readonly string[]) {
  mkdirSync(folder, { recursive: true })
  const target = path.join(folder, 'archive.tar.gz')
  const layout = layoutOf(folder)
  const abort = new AbortController()
  const told: DownloadProgress[] = []
  const run = (
    onProgress: (progress: DownloadProgress) => void = () => {},
    { env = {}, stallMs = timings.stallMs }: { env?: NodeJS.ProcessEnv; stallMs?: number } = {},
  ) =>
    download(
      {
        name: archive.name,
        sha256: archive.sha256,
        urls: mirrors.map((url) => `${url}/${archive.tag}/${encodeURIComponent(archive.name)}`),
        target,
      },
      {
        fetch: createNodeFetch(createNetwork({ layout, settings: createSettingsStore(layout), env }).route),
        timings: { ...timings, stallMs },
        signal: abort.signal,
        freeBytes,
        onSize: () => Promise.resolve(),
        onProgress(progress) {
          told.push(progress)
          onProgress(progress)
        },
      },
    )
  return {
    run,
    told,
    target,
    cancel: () => abort.abort(),
    partBytes: () => (existsSync(`${target}.part`) ? statSync(`${target}.part`).size : undefined),
  }
}

export function isWhole(file: string): boolean {
  return createHash('sha256').update(readFileSync(file)).digest('hex') === archive.sha256
}
