import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../../contract/index.ts'
import type { Environment, Runtime } from '../../contract/index.ts'
import type { JobContext } from '../jobs/index.ts'
import { environmentExecutable } from '../platform/index.ts'
import { fileFailure, privateFolder, requireFreeBytes } from '../storage/index.ts'
import { discard } from './discard.ts'
import { installPackages } from './installer/index.ts'
import { describe } from './list.ts'
import { writeManifest } from './manifest.ts'
import type { Manifest } from './manifest.ts'
import { noteInstaller, placeMarker, removeMarker } from './marker.ts'
import type { Room } from './room.ts'
import { measure } from './sizes.ts'
import { checkStarts, makeVenv } from './venv.ts'

/** Room for the environment itself; what packages need is not known before they are resolved. */
const emptyEnvironmentBytes = 16_000_000

export interface Plan {
  readonly name: string
  readonly kind: Manifest['kind']
  readonly runtime: Runtime
  readonly requirements: readonly string[]
  readonly fingerprint?: string
  /** Where its profiles' packages come from, and for which GPU back end. */
  readonly origin?: Pick<Manifest, 'indexes' | 'gpu'>
  /** Puts the packages in, in place of an installation of the requirements. */
  readonly fill?: (root: string) => Promise<void>
  /** Looks whether what was installed works, before the environment counts as made. */
  readonly verify?: (root: string) => Promise<void>
  /** Of an environment that is made anew; absent: now. */
  readonly createdAt?: string
}

/**
 * Makes an environment in its final place: scripts hold absolute paths, so nothing that has packages can be moved there.
 * The marker comes first and the manifest last; whatever ends this in between leaves no environment behind.
 * The caller holds the lock, and has seen that the place is free.
 */
export async function make(room: Room, plan: Plan, context: JobContext): Promise<Environment> {
  const { name, runtime, requirements } = plan
  const root = path.join(room.layout.environments, name)
  const title = plan.kind === 'admin' ? 'Making the admin environment' : `Making environment ${name}`
  await privateFolder(room.layout.environments)
  await requireFreeBytes(room.layout.environments, emptyEnvironmentBytes, `Environment ${name}`)
  context.progress({ fraction: null, title, detail: `Python ${runtime.version}` })
  await mkdir(root, { mode: 0o700 }).catch((error: unknown) => {
    throw fileFailure(error, `Could not make the folder ${root}`, root)
  })
  try {
    const marker = await placeMarker(root, 'create', requirements)
    await makeVenv(room, root, runtime, context.signal)
    const python = await checkStarts(room, root, context.signal)
    if (plan.fill) {
      await plan.fill(root)
      await checkStarts(room, root, context.signal)
    } else if (requirements.length > 0) {
      const executable = environmentExecutable(root, room.platform)
      const target = { name, root, executable, base: runtime.executable, indexes: plan.origin?.indexes }
      await installPackages(room, { ...target, compile: plan.kind === 'admin' }, { requirements }, context, (pid) =>
        noteInstaller(root, marker, pid),
      )
      await checkStarts(room, root, context.signal)
      await plan.verify?.(root)
    }
    const manifest: Manifest = {
      version: 1,
      name,
      kind: plan.kind,
      root,
      runtime: runtime.id,
      runtimeVersion: runtime.version,
      base: runtime.executable,
      python,
      createdAt: plan.createdAt ?? new Date().toISOString(),
      requirements: [...requirements],
      size: await measure(root, room.platform),
      ...(plan.fingerprint === undefined ? {} : { fingerprint: plan.fingerprint }),
      ...plan.origin,
    }
    if (context.signal.aborted) throw new AppError('CANCELLED', `Cancelled: ${title}`)
    await writeManifest(root, manifest)
    await removeMarker(root)
    return await describe(room, { name, root, isFolder: true }, manifest)
  } catch (error) {
    await discard(room.layout, root, room.platform).catch(() => {})
    throw error
  }
}
