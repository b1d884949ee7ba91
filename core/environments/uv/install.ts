import { mkdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../../../contract/index.ts'
import type { CommandResult } from '../../../contract/index.ts'
import type { JobContext } from '../../jobs/index.ts'
import { childEnvironment } from '../../platform/index.ts'
import {
  fileFailure,
  folderSize,
  patientRename,
  privateFolder,
  requireFreeBytes,
  stagingPath,
  syncFolder,
} from '../../storage/index.ts'
import { askVersion, isUsableUv, oldestUv } from '../installer/find-uv.ts'
import { fetchUv } from '../installer/index.ts'
import { parsePackageVersion } from '../metadata/version.ts'
import type { Room } from '../room.ts'
import { dropUv, uvFolders, withUvLock } from './folders.ts'
import { ownUvFile, ownUvHome, writeOwnManifest } from './own.ts'
import { showInstaller } from './show.ts'

/** The wheel, and what it holds, with room for what is to come. */
const neededBytes = 200_000_000

/**
 * Gets the newest uv into the data root, where it counts before an older one of ours. Where this machine has a usable one of
 * its own, that one counts before ours, and nothing is done.
 * @throws PYTHON_MISSING, PACKAGES_FAILED, DISK_FULL, LOCKED, TIMEOUT, CANCELLED; a uv that was there goes on being there
 */
export function installUv(room: Room, context: JobContext): Promise<CommandResult<'installer.installUv'>> {
  return withUvLock(room, context, async () => {
    const { uv } = await room.tools.surveyUv()
    const isChanged = uv === undefined || uv.origin === 'own' ? await bring(room, uv?.version, context) : false
    return { ...(await showInstaller(room)), isChanged }
  })
}

/** @param had the version of ours that works. @returns false where there is no newer one */
async function bring(room: Room, had: string | undefined, context: JobContext): Promise<boolean> {
  const { layout, platform } = room
  await requireFreeBytes(layout.tools, neededBytes, 'uv')
  await privateFolder(layout.staging)
  const staged = await stagingPath(layout, 'uv')
  await mkdir(staged, { mode: 0o700 }).catch((error: unknown) => {
    throw fileFailure(error, `Could not make the folder ${staged}`, staged)
  })
  try {
    await fetchUv(room, staged, context)
    const version = await tried(room, ownUvFile(staged, platform))
    if (version === had) {
      await dropOthers(room, [version])
      return false
    }
    await writeOwnManifest(staged, {
      toolVersion: version,
      bytes: await folderSize(staged),
      gotAt: new Date().toISOString(),
    })
    if (context.signal.aborted) throw new AppError('CANCELLED', 'Cancelled: getting uv')
    const root = path.join(ownUvHome(layout), version)
    await place(room, staged, root)
    await dropOthers(room, had === undefined ? [version] : [version, had])
    return true
  } finally {
    await rm(staged, { recursive: true, force: true, maxRetries: 3 }).catch(() => {})
  }
}

/**
 * Takes away what is older. The last one before the newest is kept until the next time: packages may be changed with it right now,
 * by any program, and that takes several calls. One that is at work on Windows stays, too.
 */
async function dropOthers(room: Room, versions: readonly string[]): Promise<void> {
  for (const root of await uvFolders(room))
    if (!versions.includes(path.basename(root))) await dropUv(room, root).catch(() => {})
}

/** The version of a uv that is to be used from now on. @throws PACKAGES_FAILED where it does not do its work here */
async function tried({ env, platform }: Room, executable: string): Promise<string> {
  const facts = await stat(executable).catch(() => undefined)
  const version = facts?.isFile() ? await askVersion(executable, childEnvironment(env, platform)) : undefined
  if (version !== undefined && isUsableUv(version) && parsePackageVersion(version)) return version
  const what =
    facts === undefined ? 'has no such program in it' : version === undefined ? 'does not start here' : version
  throw new AppError('PACKAGES_FAILED', `What came as uv cannot be used: it ${what}`, {
    hint: 'Nothing was changed. See which index is asked with `beep-host network show`; and programs must be allowed to run from the data root.',
    details: { path: executable, version, oldestUv },
  })
}

/** The one moment at which it comes into being: a rename. What lies there already does not work, or was cut off. */
async function place(room: Room, staged: string, root: string): Promise<void> {
  const home = path.dirname(root)
  await privateFolder(room.layout.tools)
  await privateFolder(home)
  await dropUv(room, root)
  await patientRename(staged, root).catch((error: unknown) => {
    throw fileFailure(error, `Could not put uv in place at ${root}`, root)
  })
  await syncFolder(home)
}
