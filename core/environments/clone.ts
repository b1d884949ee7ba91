import { AppError, adminEnvironmentName, sameName } from '../../contract/index.ts'
import type { CheckedParams, Environment, Runtime } from '../../contract/index.ts'
import type { JobContext } from '../jobs/index.ts'
import { requireFreeBytes } from '../storage/index.ts'
import { carry } from './carry/carry.ts'
import { checkedName, isProtected, makeWay, refuseTaken, refuseUsed } from './claim.ts'
import { soundOrThrow } from './sound.ts'
import { findFolder } from './folders.ts'
import { describe, notFound } from './list.ts'
import { withEnvironmentLocks } from './lock.ts'
import { make } from './make.ts'
import { originOf, readManifest } from './manifest.ts'
import type { Manifest } from './manifest.ts'
import type { Room } from './room.ts'
import { usableRuntime } from './usable-runtime.ts'
import { featureVersion } from './venv.ts'

/**
 * Makes an environment with the very packages of another one, on the same Python, from the files that are there: no index is
 * asked, so that it works offline, and for packages that no index has (any more). The other one may be in use: it is only read.
 */
export async function clone(
  room: Room,
  params: CheckedParams<'environments.clone'>,
  context: JobContext,
): Promise<Environment> {
  const name = checkedName(params.as)
  if (sameName(params.name, adminEnvironmentName)) throw isProtected('clone')
  if (sameName(name, adminEnvironmentName)) throw isProtected('make')
  if (!(await findFolder(room.layout, params.name))) throw await notFound(room, params.name)
  await refuseTaken(room, name)
  return withEnvironmentLocks(room.layout, [params.name, name], context, async () => {
    const folder = await findFolder(room.layout, params.name)
    const read = folder && (await readManifest(folder.root))
    if (!folder || !read || read.state === 'absent') throw await notFound(room, params.name)
    if (read.state === 'unreadable') throw read.problem
    const manifest = read.value
    const { sizeBytes } = soundOrThrow(await describe(room, folder, manifest))
    refuseUsed(room, name)
    const runtime = await sameRuntime(room, params.name, manifest)
    await makeWay(room, name)
    await requireFreeBytes(room.layout.environments, sizeBytes, `Environment ${name}`)
    const title = `Copying ${folder.name} to ${name}`
    const fill = (to: string) =>
      carry(
        room,
        {
          from: folder.root,
          madeFor: manifest.root,
          to,
          base: runtime.executable,
          mode: 'copy',
          title,
          bytesTotal: sizeBytes,
        },
        context,
      )
    return make(
      room,
      { name, kind: 'user', runtime, requirements: manifest.requirements, origin: originOf(manifest), fill },
      context,
    )
  })
}

/** The Python that an environment stands on: by its id, else by its interpreter. */
async function sameRuntime(room: Room, name: string, manifest: Manifest): Promise<Runtime> {
  const known = await usableRuntime(room, manifest.runtime).catch(async (error: unknown) => {
    const same = (await room.runtimes.list()).find(
      ({ state, executable }) => state === 'ready' && executable === manifest.base,
    )
    if (same) return same
    throw error
  })
  if (featureVersion(known.version) === featureVersion(manifest.python)) return known
  throw new AppError(
    'PYTHON_BROKEN',
    `${known.executable} is Python ${known.version}, and ${name} has packages for ${manifest.python}`,
    {
      hint: `Repair it first: \`beep-host venv repair ${name}\`.`,
      details: { runtime: known.id },
    },
  )
}
