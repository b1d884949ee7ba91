import { describe } from 'vitest'
import { tempFolder } from '../../tools/temp-folder.ts'
import { obtainUv } from './uv.ts'
import { openWorkbench } from './workbench.ts'
import type { InstallerName, Workbench } from './workbench.ts'

const uv = obtainUv()
export const hasUv = uv !== undefined

/** Runs the same tests with both installers; those with uv are skipped where it cannot be had. */
export function withEachInstaller(tests: (installer: InstallerName) => void): void {
  describe.skipIf(!hasUv)('with uv', () => tests('uv'))
  describe('with pip', () => tests('pip'))
}

export interface OpenOptions {
  readonly home?: string
  /** From the folder that becomes the data root to further variables. */
  readonly env?: (home: string) => Readonly<Record<string, string | undefined>>
  readonly profilesFile?: string
}

/** A data root of the test's own, whose settings name the installer. */
export async function openWith(installer: InstallerName, options: OpenOptions = {}): Promise<Workbench> {
  const home = options.home ?? tempFolder()
  const { profilesFile } = options
  const env = { ...options.env?.(home), ...uvVariables(home) }
  const bench = openWorkbench(home, { env, ...(profilesFile === undefined ? {} : { profilesFile }) })
  await bench.settings.update({ installer })
  return bench
}

/** Which uv, and a cache of its own: uv knows a wheel by its file name, and two tests may give one name to two wheels. */
export function uvVariables(home: string): Record<string, string | undefined> {
  return { UV: uv, UV_CACHE_DIR: `${home}/cache/uv` }
}
