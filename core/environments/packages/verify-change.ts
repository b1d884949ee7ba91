import { AppError } from '../../../contract/index.ts'
import type { JobContext } from '../../jobs/index.ts'
import type { Entry } from '../folders.ts'
import type { Manifest } from '../manifest.ts'
import { cannotImport, importFailures } from '../providers/verify.ts'
import { requirementName } from '../requirements.ts'
import type { Room } from '../room.ts'
import { sitePackages } from '../site-packages.ts'
import { snapshotPlace } from '../snapshots/entries.ts'
import { insideOf } from '../snapshots/plan.ts'
import { readMarker } from '../marker.ts'
import { packageFacts } from './facts.ts'
import { describeConflicts, newConflicts, standingOnChanges } from './soundness.ts'
import type { UpgradeFacts } from './upgrade-plan.ts'

export interface Verification {
  /** What was there before the change. */
  readonly before: UpgradeFacts
  /** What this change was asked for. */
  readonly asked: readonly string[]
  /** What the environment is asked for from now on. */
  readonly requirements: readonly string[]
}

const hint = 'To keep such a change all the same, ask for it without the check: `--unverified`.'

/**
 * Whether the packages work together after a change: each finds what it says it needs, and can be imported if it was asked for, now
 * or earlier. What was so before the change is not its fault.
 * @throws PACKAGES_FAILED, TIMEOUT, CANCELLED
 */
export async function verifyChange(
  room: Room,
  folder: Entry,
  manifest: Manifest,
  { before, asked, requirements }: Verification,
  context: JobContext,
): Promise<void> {
  const after = await packageFacts(room, folder.name, folder.root, { ...manifest, requirements: [...requirements] })
  const conflicts = newConflicts(before.graph, after.graph)
  if (conflicts.length > 0) {
    throw new AppError('PACKAGES_FAILED', `They do not fit together: ${describeConflicts(conflicts)}`, {
      hint: `Ask for both in one go, in versions that fit. ${hint}`,
      details: { cause: 'conflict', conflicts: conflicts.slice(0, 20).map((one) => describeConflicts([one])) },
    })
  }
  const there = new Set(after.graph.distributions.map(({ key }) => key))
  const wanted = asked.map(requirementName).filter((name) => there.has(name))
  const others = standingOnChanges(before.graph.distributions, after.graph, requirements)
  const names = [...new Set([...wanted, ...others])]
  if (names.length === 0) return
  context.progress({ fraction: null, title: 'Importing the packages once' })
  const { failed, result } = await importFailures(room, folder.root, names, context.signal)
  const broken = await notBefore(room, folder.root, failed, new Set(wanted), context.signal)
  if (Object.keys(broken).length > 0) throw cannotImport(broken, result, hint)
}

/** Without those that were there and could not be imported before either, which is tried in the snapshot. */
async function notBefore(
  room: Room,
  root: string,
  failed: Readonly<Record<string, string>>,
  wanted: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<Readonly<Record<string, string>>> {
  const suspects = Object.keys(failed).filter((name) => !wanted.has(name))
  const marker = await readMarker(root)
  const site = await sitePackages(root, room.platform)
  if (suspects.length === 0 || site === undefined || marker === undefined || marker === 'unreadable') return failed
  if (marker.snapshot === undefined) return failed
  const { content } = snapshotPlace(root, marker.snapshot)
  const before = await importFailures(room, root, suspects, signal, `${content}/${insideOf(root, site)}`)
  return Object.fromEntries(Object.entries(failed).filter(([name]) => !(name in before.failed)))
}
