import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Layout } from './layout.ts'

/** `sun_path` holds 104 bytes on macOS and 108 on Linux, its closing zero included; a few are left for a temporary suffix. */
const maxSocketPathBytes = 96

export interface AddressContext {
  readonly platform: NodeJS.Platform
  readonly uid: number
  /** `XDG_RUNTIME_DIR`, where there is one that is ours. */
  readonly runtimeDir: string | undefined
  readonly tmp: string
}

export function addressContext(env: NodeJS.ProcessEnv = process.env): AddressContext {
  // Not os.userInfo(): it fails for a user that no passwd file knows.
  const uid = process.getuid?.() ?? -1
  return {
    platform: process.platform,
    uid,
    runtimeDir: ownFolder(env['XDG_RUNTIME_DIR'], uid),
    // macOS hands out a per-user folder that is itself 50 bytes long, so /tmp it is, in a folder of the user's own.
    tmp: process.platform === 'darwin' ? '/tmp' : tmpdir(),
  }
}

/**
 * The address of a local socket or named pipe. In the data root where the path is short enough, else in a short folder of
 * the user's. `folder` must be made (0700) by the caller; undefined on Windows, where pipes have no folder.
 */
export function localAddress(
  layout: Layout,
  name: string,
  context: AddressContext,
): { address: string; folder: string | undefined } {
  const digest = createHash('sha256').update(`${layout.home}\0${name}`).digest('hex').slice(0, 16)
  if (context.platform === 'win32') return { address: `\\\\.\\pipe\\beep-python-${digest}`, folder: undefined }
  const preferred = path.posix.join(layout.run, `${name}.sock`)
  if (fits(preferred)) return { address: preferred, folder: layout.run }
  const folders = [
    ...(context.runtimeDir ? [path.posix.join(context.runtimeDir, 'beep-python')] : []),
    path.posix.join(context.tmp, `beep-python-${context.uid}`),
    // The last resort, and always short enough.
    `/tmp/beep-python-${context.uid}`,
  ]
  const addresses = folders.map((folder) => ({ address: path.posix.join(folder, `${digest}.sock`), folder }))
  return addresses.find(({ address }) => fits(address)) ?? addresses.at(-1)!
}

/** Where a server and its workers answer (docs/wire.md §2.7): its own address, and where it has several workers, one for each. */
export function workerAddresses(address: string, workers: number): readonly string[] {
  return workers === 1 ? [address] : [address, ...Array.from({ length: workers }, (_, at) => `${address}.w${at + 1}`)]
}

function fits(address: string): boolean {
  return Buffer.byteLength(address) <= maxSocketPathBytes
}

/** After `su`, XDG_RUNTIME_DIR may name another user's folder; and the standard has it absolute or ignored. */
function ownFolder(folder: string | undefined, uid: number): string | undefined {
  if (!folder || !path.posix.isAbsolute(folder)) return undefined
  try {
    const facts = statSync(folder)
    return facts.isDirectory() && facts.uid === uid ? folder : undefined
  } catch {
    return undefined
  }
}
