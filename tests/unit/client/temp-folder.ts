import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A folder of this test's own, removed at its end. Short: the path of a socket in it must stay below 100 bytes. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'bé p-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
