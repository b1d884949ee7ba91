import { withCredentials } from '../../contract/index.ts'
import type { Settings } from '../../contract/index.ts'

/** An address of the settings as it is used: with what belongs before its @. */
export function fullAddress(
  settings: Settings,
  key: 'packageIndex' | 'pythonMirror',
  credentials: ReadonlyMap<string, string>,
): string | null {
  const address = settings[key]
  return address === null ? null : withCredentials(address, credentials.get(address))
}
