import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Writes the endpoint file of a server, as the host does. */
export function announce(home: string, name: string, fields: object): void {
  const folder = join(home, 'endpoints')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const endpoint = { version: 1, name, pid: 1, startedAt: '2026-01-01T00:00:00Z', ...fields }
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(endpoint), { mode: 0o600 })
}
