import { createHash } from 'node:crypto'
import { tmpdir, userInfo } from 'node:os'
import path from 'node:path'
import type { Layout } from './layout.ts'

/** `sun_path` holds 104 bytes on macOS and 108 on Linux, its closing zero included; a few are left for a temporary suffix. */
const maxSocketPathBytes = 96

export interface AddressContext {
  readonly platform: NodeJS.Platform
  readonly uid: number
  /** `XDG_RUNTIME_DIR`, where there is one. */
  readonly runtimeDir: string | undefined
  readonly tmp: string
}

export function addressContext(env: NodeJS.ProcessEnv = process.env): AddressContext {
  return {
    platform: process.platform,
    uid: process.platform === 'win32' ? -1 : userInfo().uid,
    runtimeDir: env['XDG_RUNTIME_DIR'] || undefined,
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
  if (Buffer.byteLength(preferred) <= maxSocketPathBytes) return { address: preferred, folder: layout.run }
  const folder =
    context.runtimeDir && Buffer.byteLength(context.runtimeDir) <= 60
      ? path.posix.join(context.runtimeDir, 'beep-python')
      : path.posix.join(context.tmp, `beep-python-${context.uid}`)
  return { address: path.posix.join(folder, `${digest}.sock`), folder }
}
