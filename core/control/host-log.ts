import { appendFileSync, renameSync, statSync } from 'node:fs'
import path from 'node:path'
import type { Secrets } from '../events/index.ts'
import type { Layout } from '../platform/index.ts'

/** One old file is kept beside the current one, so this is half of what the host's own log can take up. */
const maxBytes = 2 * 1024 * 1024

/** The host's own log, `logs/host.log`. Synchronous: few lines, and the last one before a crash is the one that matters. */
export function createHostLog(layout: Layout, secrets: Secrets): (text: string) => void {
  const file = path.join(layout.logs, 'host.log')
  return (text) => {
    try {
      if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > maxBytes) renameSync(file, `${file}.1`)
      appendFileSync(file, `${new Date().toISOString()} ${secrets.mask(text)}\n`, { mode: 0o600 })
    } catch {
      // A log that cannot be written must not stop the work it tells about.
    }
  }
}
