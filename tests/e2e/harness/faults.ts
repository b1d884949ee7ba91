import { once } from 'node:events'
import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { onTestFinished } from 'vitest'

/** Runs this whenever the Python of an environment starts, before anything else. @returns the way to undo it. */
export function atStartOfPython(root: string, code: string): () => void {
  const library = readdirSync(path.join(root, 'lib')).find((name) => name.startsWith('python')) ?? ''
  const file = path.join(root, 'lib', library, 'site-packages', 'sitecustomize.py')
  writeFileSync(file, code)
  return () => rmSync(file, { force: true })
}

/** Python statements: an environment that does not let Python start, and says why. */
export const noLicence = `import os, sys
print("LicenceError: no licence file at /opt/vendor/licence.dat", file=sys.stderr, flush=True)
os._exit(7)
`

/** A port of this machine that this process has, until the end of the test. */
export async function holdPort(): Promise<{ readonly port: number; readonly release: () => void }> {
  const holder = createServer().listen(0, '127.0.0.1')
  await once(holder, 'listening')
  const release = () => void holder.close()
  onTestFinished(release)
  return { port: (holder.address() as AddressInfo).port, release }
}
