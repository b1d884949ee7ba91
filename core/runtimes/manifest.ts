import { stat } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { AppError, probeSchema, toErrorInfo } from '../../contract/index.ts'
import type { Runtime } from '../../contract/index.ts'
import type { Layout } from '../platform/index.ts'
import { namesIn, readJson } from '../storage/index.ts'
import { architectureOf, isManagedId } from './identity.ts'

/** The file that makes a folder an installed runtime. It is written last, into staging, so its presence says: complete. */
export const manifestName = '.beep-runtime.json'

export const manifestSchema = z.object({
  version: z.literal(1),
  id: z.string(),
  python: z.string(),
  implementation: z.string(),
  triple: z.string(),
  /** The archive that it was made of. */
  archive: z.object({ file: z.string(), sha256: z.string(), url: z.string(), tag: z.string().nullable() }),
  installedAt: z.string(),
  fileCount: z.number().int().positive(),
  bytes: z.number().int().positive(),
  /** Relative to the runtime's folder, so that a data root may be moved. */
  executable: z.string(),
  probe: probeSchema,
})
export type Manifest = z.infer<typeof manifestSchema>

/** A managed runtime as it lies on the disk. */
export interface ManagedRuntime {
  readonly id: string
  readonly root: string
  readonly manifest: Manifest | undefined
  readonly problem: AppError | undefined
}

/**
 * Looks at one folder of `runtimes/`. Without a manifest it is no runtime: undefined. With one that cannot be read or does not
 * match, or without its interpreter, it is a broken one.
 */
export async function readManaged(layout: Layout, id: string): Promise<ManagedRuntime | undefined> {
  const root = path.join(layout.runtimes, id)
  const read = await readJson(path.join(root, manifestName), manifestSchema)
  if (read.state === 'absent') return undefined
  if (read.state === 'unreadable') return { id, root, manifest: undefined, problem: read.problem }
  const manifest = read.value
  if (manifest.id !== id)
    return { id, root, manifest: undefined, problem: damaged(root, `its manifest is that of ${manifest.id}`) }
  const executable = path.join(root, manifest.executable)
  const isThere = await stat(executable).then(
    (facts) => facts.isFile(),
    () => false,
  )
  return { id, root, manifest, problem: isThere ? undefined : damaged(root, `${executable} is missing`) }
}

function damaged(root: string, why: string): AppError {
  return new AppError('PYTHON_BROKEN', `The Python in ${root} is damaged: ${why}`, {
    hint: 'Install it again: `beep-host init` repairs it.',
    details: { path: root },
  })
}

/** All managed runtimes; folders that hold none are passed over. */
export async function readAllManaged(layout: Layout): Promise<readonly ManagedRuntime[]> {
  const names = await namesIn(layout.runtimes)
  const found = await Promise.all(names.filter(isManagedId).map((id) => readManaged(layout, id)))
  return found.filter((runtime) => runtime !== undefined)
}

/** The runtime as the doors see it, its paths those of today's data root. Which one is the default is decided among all. */
export function managedAsRuntime({ id, root, manifest, problem }: ManagedRuntime): Runtime {
  const ours = { id, source: 'managed', origin: 'managed', isDefault: false } as const
  if (manifest === undefined) {
    const unknown = { version: 'unknown', implementation: 'unknown', architecture: 'unknown', executable: root }
    return { ...ours, ...unknown, state: 'broken', ...(problem ? { problem: toErrorInfo(problem) } : {}) }
  }
  const executable = path.join(root, manifest.executable)
  return {
    ...ours,
    version: manifest.python,
    implementation: manifest.implementation,
    architecture: architectureOf(manifest.probe),
    executable,
    ...(problem ? { state: 'broken', problem: toErrorInfo(problem) } : { state: 'ready' }),
    probe: { ...manifest.probe, executable, prefix: root, basePrefix: root },
    installedAt: manifest.installedAt,
    sizeBytes: manifest.bytes,
  }
}
