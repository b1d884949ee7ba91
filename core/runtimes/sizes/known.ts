import { stat } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import type { Layout } from '../../platform/index.ts'
import { privateFolder, readJson, writeJson } from '../../storage/index.ts'
import type { CatalogBuild } from '../catalog.ts'
import { cachedArchive } from '../install/from-download.ts'

/** By sha256, which a size goes with for ever; the name is for who reads the file. */
const entrySchema = z.object({ file: z.string(), bytes: z.number().int().positive() })
const fileSchema = z.object({ version: z.literal(1), sizes: z.record(z.string(), entrySchema) })

function fileOf(layout: Layout): string {
  return path.join(layout.cache, 'download-sizes.json')
}

/** Sizes that are known without asking anybody: told by a mirror before, or of an archive that is here. By sha256. */
export async function knownSizes(
  layout: Layout,
  builds: readonly CatalogBuild[],
): Promise<ReadonlyMap<string, number>> {
  const told = await read(layout)
  const sizes = await Promise.all(
    builds.map(async (build): Promise<readonly [string, number] | undefined> => {
      const entry = told[build.sha256]
      if (entry?.file === build.file) return [build.sha256, entry.bytes]
      // It has this name only once its hash has been checked.
      const facts = await stat(cachedArchive(layout, build)).catch(() => undefined)
      return facts?.isFile() ? [build.sha256, facts.size] : undefined
    }),
  )
  return new Map(sizes.filter((size) => size !== undefined))
}

/** Keeps what mirrors have told. Losing it costs a question, so that a failure to write is no failure. */
export async function rememberSizes(layout: Layout, told: ReadonlyMap<CatalogBuild, number>): Promise<void> {
  if (told.size === 0) return
  const fresh = [...told].map(([{ file, sha256 }, bytes]) => [sha256, { file, bytes }] as const)
  try {
    await privateFolder(layout.cache)
    await writeJson(fileOf(layout), { version: 1, sizes: { ...(await read(layout)), ...Object.fromEntries(fresh) } })
  } catch {
    // The answers stand for this time.
  }
}

async function read(layout: Layout): Promise<z.infer<typeof fileSchema>['sizes']> {
  const found = await readJson(fileOf(layout), fileSchema).catch(() => undefined)
  return found?.state === 'ok' ? found.value.sizes : {}
}
