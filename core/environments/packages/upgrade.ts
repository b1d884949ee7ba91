import type { Environment } from '../../../contract/index.ts'
import type { JobContext } from '../../jobs/index.ts'
import type { Entry } from '../folders.ts'
import { installPackages, listOutdated } from '../installer/index.ts'
import type { Order } from '../installer/index.ts'
import { describe } from '../list.ts'
import type { Manifest } from '../manifest.ts'
import { readDistributions } from '../metadata/distributions.ts'
import { checkedRequirements } from '../requirements.ts'
import type { Room } from '../room.ts'
import { sitePackages } from '../site-packages.ts'
import type { VerifiedParams } from '../requests.ts'
import { changePackages, onEnvironment, refuseBroken, targetOf } from './change.ts'
import { packageFacts } from './facts.ts'
import { mendInterruption } from './mend.ts'
import { planAll, planNamed, recordedAfter } from './upgrade-plan.ts'
import { verifyChange } from './verify-change.ts'

/** Brings packages up to date, those that are named or all; what stays goes on working. Nothing to do is a success. */
export async function upgrade(
  room: Room,
  params: VerifiedParams<'packages.upgrade'>,
  context: JobContext,
): Promise<Environment> {
  const named = checkedRequirements(params.packages)
  return onEnvironment(room, params.name, 'upgrade', context, async (folder, manifest) => {
    refuseBroken(await describe(room, folder, manifest))
    await mendInterruption(room, folder, manifest, context)
    const order = await upgradeOrder(room, folder, manifest, named, context)
    if (order === undefined) return describe(room, folder, manifest)
    const { requirements } = order
    const before = await packageFacts(room, folder.name, folder.root, manifest)
    const verification = { before, asked: requirements, requirements: manifest.requirements }
    return changePackages(
      room,
      folder,
      manifest,
      {
        requirements,
        occasion: { reason: 'upgrade', about: named },
        work: (target, onStarted) => installPackages(room, target, order, context, onStarted),
        ...(params.verify === false
          ? {}
          : { verify: () => verifyChange(room, folder, manifest, verification, context) }),
        async manifest() {
          const installed = await readDistributions(await sitePackages(folder.root, room.platform))
          const versions = new Map(installed.map(({ key, version }) => [key, version]))
          return { requirements: recordedAfter(manifest.requirements, named, versions) }
        },
      },
      context,
    )
  })
}

/** What an installer is asked to do; undefined when everything is up to date. */
export async function upgradeOrder(
  room: Room,
  folder: Entry,
  manifest: Manifest,
  named: readonly string[],
  context: JobContext,
): Promise<Order | undefined> {
  const facts = await packageFacts(room, folder.name, folder.root, manifest)
  if (named.length > 0) return { ...planNamed(facts, named), isUpgrade: true }
  const outdated = await listOutdated(room, targetOf(room, folder, manifest), context)
  const plan = planAll(facts, new Set(outdated.keys()))
  if (plan.requirements.length > 0) return { ...plan, isUpgrade: true }
  context.progress({ fraction: null, title: `Everything in ${folder.name} is up to date` })
  return undefined
}
