import { mkdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileFailure, privateFolder, stagingPath } from '../../storage/index.ts'
import { checkedRequirements, requirementName } from '../requirements.ts'
import type { Room } from '../room.ts'

/** What is to be installed. */
export interface Order {
  readonly requirements: readonly string[]
  /** What is there already is brought up to date, too. */
  readonly isUpgrade?: boolean
  /** Nothing is taken from the installer's cache. */
  readonly isFresh?: boolean
  /** Limits on whatever gets installed on the way; no extras. */
  readonly constraints?: readonly string[]
  /** Given: nothing but files with these hashes, by normalized name; and nothing but what is required. */
  readonly hashes?: ReadonlyMap<string, readonly string[]> | undefined
}

/** An order as a command line has it. */
export interface WrittenOrder {
  /** After `--`, where nothing is an option any more; or a file, where there are too many of them. */
  readonly requirements: readonly string[]
  /** Normalized names. */
  readonly upgrades: readonly string[]
  readonly constraintFile: string | undefined
  readonly isDryRun: boolean
  readonly isFresh: boolean
  /** Of a dry run: where pip reports to. */
  readonly reportFile: string | undefined
}

/** Characters of requirements on a command line. Windows takes 32 767 in all (Microsoft, CreateProcess). */
const mostChars = 8000

/** Does work with an order written down, the longer parts in files that are gone afterwards. @throws INVALID_PARAMS */
export async function withWrittenOrder<T>(
  room: Room,
  order: Order,
  isDryRun: boolean,
  work: (written: WrittenOrder) => Promise<T>,
): Promise<T> {
  const requirements = checkedRequirements(order.requirements)
  const constraints = checkedRequirements(order.constraints ?? [])
  const upgrades = order.isUpgrade ? [...new Set(requirements.map(requirementName))] : []
  const isLong = requirements.join(' ').length > mostChars
  const isFresh = order.isFresh === true
  const plain = { requirements: ['--', ...requirements], upgrades, isDryRun, isFresh }
  const { hashes } = order
  if (!isLong && constraints.length === 0 && !isDryRun && !hashes)
    return work({ ...plain, constraintFile: undefined, reportFile: undefined })
  return withScratch(room, async (folder) => {
    const file = async (name: string, lines: readonly string[]) => {
      const place = path.join(folder, name)
      await writeFile(place, `${lines.join('\n')}\n`)
      return place
    }
    return work({
      ...plain,
      ...(hashes
        ? { requirements: await locked(file, requirements, hashes) }
        : isLong
          ? { requirements: ['--requirement', await file('requirements.txt', requirements)] }
          : {}),
      constraintFile: constraints.length === 0 ? undefined : await file('constraints.txt', constraints),
      reportFile: isDryRun ? path.join(folder, 'report.json') : undefined,
    })
  })
}

/** In words that uv and pip share. */
async function locked(
  write: (name: string, lines: readonly string[]) => Promise<string>,
  requirements: readonly string[],
  hashes: ReadonlyMap<string, readonly string[]>,
): Promise<readonly string[]> {
  const lines = requirements.map((text) =>
    [text, ...(hashes.get(requirementName(text)) ?? []).map((hash) => `--hash=${hash}`)].join(' '),
  )
  return ['--require-hashes', '--no-deps', '--requirement', await write('locked.txt', lines)]
}

/** Does work with a folder of its own, which is gone afterwards. */
export async function withScratch<T>(room: Room, work: (folder: string) => Promise<T>): Promise<T> {
  await privateFolder(room.layout.staging)
  const folder = await stagingPath(room.layout, 'packages')
  await mkdir(folder, { mode: 0o700 }).catch((error: unknown) => {
    throw fileFailure(error, `Could not make the folder ${folder}`, folder)
  })
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => {})
  }
}
