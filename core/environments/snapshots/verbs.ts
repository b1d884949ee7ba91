import { AppError, adminEnvironmentName, sameName } from '../../../contract/index.ts'
import type {
  CheckedParams,
  CommandResult,
  Package,
  PackageSnapshot,
  RolledBackEnvironment,
} from '../../../contract/index.ts'
import type { JobContext } from '../../jobs/index.ts'
import { refuseUsed } from '../claim.ts'
import { findFolder } from '../folders.ts'
import type { Entry } from '../folders.ts'
import { notFound } from '../list.ts'
import { readPackages } from '../metadata/installed.ts'
import { changePackages, onEnvironment } from '../packages/change.ts'
import type { Room } from '../room.ts'
import { sitePackages } from '../site-packages.ts'
import { featureVersion } from '../venv.ts'
import { eraseSnapshot, rewriteManifest, snapshotEntries } from './entries.ts'
import type { SnapshotEntry } from './entries.ts'
import { differenceOf, mayChangeUnderServers } from './plan.ts'
import { restoreSnapshot } from './restore.ts'
import { prune } from './settle.ts'
import { takeSnapshot } from './take.ts'

/** What can be gone back to, the newest first, each with what was changed after it. File reads alone. @throws NOT_FOUND */
export async function listSnapshots(room: Room, name: string): Promise<readonly PackageSnapshot[]> {
  const folder = await findFolder(room.layout, name)
  if (!folder || sameName(name, adminEnvironmentName)) {
    if (folder) return []
    throw await notFound(room, name)
  }
  const entries = await snapshotEntries(folder.root)
  const now = await readPackages(await sitePackages(folder.root, room.platform))
  return entries.map((entry, at) => asSnapshot(entry, entries[at - 1]?.manifest.packages ?? now))
}

/** Keeps what is there now, whether anything is about to change or not. @throws as `install`; LIMIT_EXCEEDED where the settings keep none */
export async function snapshot(
  room: Room,
  { name, note }: CheckedParams<'packages.snapshot'>,
  context: JobContext,
): Promise<PackageSnapshot> {
  return onEnvironment(room, name, 'keep the packages of', context, async (folder, manifest) => {
    if ((await room.settings.get()).snapshotsKept === 0) {
      throw new AppError('LIMIT_EXCEEDED', 'The settings keep no snapshots', {
        hint: 'Keep some: `beep-host config set snapshotsKept 10`.',
      })
    }
    context.progress({ fraction: null, title: `Keeping the packages of ${folder.name}` })
    const occasion = { reason: 'manual', about: [], note } as const
    const entry = await takeSnapshot(room, folder.root, manifest, occasion, context.signal)
    await prune(room, folder.root)
    return asSnapshot(entry, entry.manifest.packages)
  })
}

/**
 * Brings the packages back to what they were at a snapshot, the newest where none is named. Like any other change it is preceded
 * by a snapshot, with which it can be undone, and a failure takes it back.
 * @throws NOT_FOUND, IN_USE on Windows while servers run on it, PYTHON_BROKEN where it stands on another Python now
 */
export async function rollback(
  room: Room,
  params: CheckedParams<'packages.rollback'>,
  context: JobContext,
): Promise<RolledBackEnvironment> {
  return onEnvironment(room, params.name, 'roll back', context, async (folder, manifest) => {
    const entry = await findSnapshot(folder, params.snapshot)
    const kept = entry.manifest
    if (!mayChangeUnderServers(room.platform)) refuseUsed(room, folder.name)
    if (featureVersion(kept.manifest.python) !== featureVersion(manifest.python)) {
      throw new AppError(
        'PYTHON_BROKEN',
        `${entry.id} was taken on Python ${kept.manifest.python}, and ${folder.name} is on ${manifest.python} now`,
        { hint: 'Choose another snapshot.', details: { snapshot: entry.id } },
      )
    }
    context.progress({ fraction: null, title: `Bringing ${folder.name} back to ${shownTime(kept.takenAt)}` })
    const { requirements } = kept.manifest
    const before = await readPackages(await sitePackages(folder.root, room.platform))
    let altered: readonly string[] = []
    let undo: string | null = null
    const environment = await changePackages(
      room,
      folder,
      manifest,
      {
        requirements,
        occasion: { reason: 'rollback', about: [entry.id] },
        onKept: (id) => {
          undo = id
        },
        async work() {
          altered = await restoreSnapshot(room, folder.root, entry)
        },
        manifest: () => ({ requirements }),
      },
      context,
    )
    // What it holds is in the environment again. It may be one too many by now.
    await rewriteManifest(entry, { ownBytes: 0 }).catch(() => {})
    const changes = differenceOf(before, kept.packages)
    return { ...environment, snapshot: entry.id, undo, changes, altered: [...altered] }
  })
}

export async function removeSnapshot(
  room: Room,
  { name, snapshot: id }: CheckedParams<'packages.removeSnapshot'>,
  context: JobContext,
): Promise<CommandResult<'packages.removeSnapshot'>> {
  return onEnvironment(room, name, 'change the snapshots of', context, async (folder) => {
    const entry = await findSnapshot(folder, id)
    context.progress({ fraction: null, title: `Deleting a snapshot of ${folder.name}` })
    await eraseSnapshot(folder.root, entry.id)
    return { freedBytes: entry.manifest.ownBytes }
  })
}

/** One of those that are there: what a user has typed never becomes a path. @throws NOT_FOUND */
async function findSnapshot({ name, root }: Entry, id: string | undefined): Promise<SnapshotEntry> {
  const entries = await snapshotEntries(root)
  const fitting = id === undefined ? entries.slice(0, 1) : entries.filter((entry) => entry.id === id)
  if (fitting[0]) return fitting[0]
  const there = entries.map((entry) => entry.id).join(', ')
  const none = 'There is none yet: one is taken before each change of packages.'
  throw new AppError('NOT_FOUND', id === undefined ? `${name} has no snapshot` : `${name} has no snapshot ${id}`, {
    hint: there === '' ? none : `There are: ${there}.`,
    details: { name, ...(id === undefined ? {} : { snapshot: id }) },
  })
}

function asSnapshot({ id, manifest }: SnapshotEntry, after: readonly Package[]): PackageSnapshot {
  const { takenAt, reason, about, note, packages, ownBytes } = manifest
  return { id, takenAt, reason, about, note, packages, changes: differenceOf(packages, after), sizeBytes: ownBytes }
}

/** For a title: the time of a snapshot without its seconds, as everywhere. */
function shownTime(iso: string): string {
  return iso.slice(0, 16).replace('T', ' ')
}
