import { createHash } from 'node:crypto'
import { cp, readdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Layout } from './platform/index.ts'
import { namesIn, patientRename, privateFolder, stagingPath } from './storage/index.ts'
import { version } from './version.ts'

/** What Python makes beside its sources. */
const compiled = '__pycache__'

export interface EngineSource {
  /** The folder of Python's part of the product. */
  readonly source: string
  /** It lies in the installed app: not ours to write to, and signed as it is. */
  readonly isInstalled: boolean
  readonly log: (text: string) => void
}

/**
 * The program that pools and fronts begin with. Python compiles what it loads, and keeps that beside the source; where it
 * cannot, each start of a server compiles all of it anew, which takes longer than all else. So the installed app's is copied
 * into the data root, once a version. Before servers start: those of an earlier version must be gone.
 */
export async function enginePlace(layout: Layout, { source, isInstalled, log }: EngineSource): Promise<string> {
  if (!isInstalled) return programIn(source)
  try {
    return programIn(await copied(layout, source))
  } catch (error) {
    log(`Python's part is used where it was installed, which makes servers start slowly: ${String(error)}`)
    return programIn(source)
  }
}

function programIn(folder: string): string {
  return path.join(folder, 'beep_engine', '__main__.py')
}

async function copied(layout: Layout, source: string): Promise<string> {
  const tag = await contentTag(source)
  const name = `${version}-${tag}`
  const place = path.join(layout.engine, name)
  await privateFolder(layout.engine)
  // Looked at as a whole: a power cut, or a hand, may have left less than there was.
  if ((await contentTag(place).catch(() => '')) !== tag) {
    await privateFolder(layout.staging)
    const staged = await stagingPath(layout, 'engine')
    try {
      await cp(source, staged, { recursive: true, filter: (from) => path.basename(from) !== compiled })
      await rm(place, { recursive: true, force: true, maxRetries: 3 })
      await patientRename(staged, place)
    } finally {
      await rm(staged, { recursive: true, force: true, maxRetries: 3 }).catch(() => {})
    }
  }
  for (const other of await namesIn(layout.engine))
    if (other !== name) await rm(path.join(layout.engine, other), { recursive: true, force: true }).catch(() => {})
  return place
}

/** Stands for the names and contents of all files but the compiled ones. */
async function contentTag(folder: string): Promise<string> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = found
    .filter((entry) => entry.isFile() && path.basename(entry.parentPath) !== compiled)
    .map((entry) => path.join(entry.parentPath, entry.name))
    .toSorted()
  const hash = createHash('sha256')
  for (const file of files) {
    const bytes = await readFile(file)
    hash.update(`${path.relative(folder, file).replaceAll('\\', '/')}\0${bytes.length}\0`).update(bytes)
  }
  return hash.digest('hex').slice(0, 16)
}
