import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'

/** A folder of this test's own, with a space and an accent in its name, removed at the end of the test. */
export function tempFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'bé p-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }))
  return folder
}
