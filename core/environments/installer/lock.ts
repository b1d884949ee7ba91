import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import type { JobContext } from '../../jobs/index.ts'
import { describeExit, run } from '../../process/index.ts'
import { checkedRequirements, normalizedName } from '../requirements.ts'
import type { Room } from '../room.ts'
import { chooseInstaller } from './choose.ts'
import { packagesFailed } from './failure.ts'
import { localPlaces } from './local-places.ts'
import { withScratch } from './order.ts'
import { choosePip, pipEnvironment, pipLock } from './pip.ts'
import type { Pip } from './pip.ts'
import { silenceMs } from './silence.ts'
import type { Target } from './target.ts'
import { uvLock } from './uv.ts'

/** Whole files may have to be fetched for their hashes. */
const patience = 5

const reportSchema = z.object({
  install: z.array(
    z.object({
      metadata: z.object({ name: z.string() }),
      download_info: z
        .object({ archive_info: z.object({ hashes: z.record(z.string(), z.string()) }).partial() })
        .partial(),
    }),
  ),
})

/**
 * The hashes of packages in the versions that are named, as the index has them: of all their files with uv, of the one that fits this
 * machine with pip.
 * @returns by normalized name; one without hashes is not there
 * @throws PACKAGES_FAILED, CANCELLED
 */
export async function findHashes(
  room: Room,
  target: Target,
  pinned: readonly string[],
  context: JobContext,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const title = `Asking for the hashes of ${pinned.length} packages of ${target.name}`
  context.progress({ fraction: null, title })
  const installer = await chooseInstaller(room, target, context.signal, { mayChange: false })
  return withScratch(room, async (folder) => {
    const file = path.join(folder, 'pinned.txt')
    const reportFile = path.join(folder, 'report.json')
    await writeFile(file, `${checkedRequirements(pinned).join('\n')}\n`)
    const ask = async (argv: readonly [string, ...string[]], env: Readonly<Record<string, string>>) => {
      const options = { env, cwd: target.root, signal: context.signal, silenceMs: patience * silenceMs(room) }
      const result = await run(argv, options)
      if (result.exitCode === 0) return result
      throw packagesFailed(title, describeExit(result.exitCode, result.signal), result, installer.isOffline)
    }
    const askPip = async (pip: Pip, env: Readonly<Record<string, string>>) => {
      await ask(pipLock(pip, file, reportFile), env)
      return hashesInReport(await readFile(reportFile, 'utf8').catch(() => ''))
    }
    if (installer.kind === 'pip') return askPip(installer.pip, installer.env)
    const { stdout } = await ask(uvLock(installer.uv, target, installer.settings, file), installer.env)
    const found = hashesInCompiled(stdout)
    if (found.size >= pinned.length) return found
    // uv knows the hashes that an index tells; of a file in a folder none is told, and pip counts it.
    const pip = await choosePip(room, target, context.signal, { mayChange: false }).catch(() => undefined)
    if (pip === undefined) return found
    const { options: places } = await localPlaces(room)
    const env = await pipEnvironment(room, target.base, context.signal)
    return new Map([...(await askPip({ ...pip, places }, env)), ...found])
  })
}

/** What `uv pip compile --generate-hashes` writes: a requirements file. */
export function hashesInCompiled(text: string): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>()
  for (const line of text.replaceAll(/\\\r?\n/gu, ' ').split(/\r?\n/u)) {
    const name = /^([A-Za-z\d][\w.-]*)/u.exec(line)?.[1]
    const hashes = [...line.matchAll(/--hash=(\S+)/gu)].map((match) => match[1] ?? '')
    if (name !== undefined && hashes.length > 0) found.set(normalizedName(name), hashes.toSorted())
  }
  return found
}

/** What pip reports (pip's documentation, "Installation Report"). */
export function hashesInReport(text: string): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>()
  const parsed = reportSchema.safeParse(parseOr(text))
  for (const { metadata, download_info } of parsed.data?.install ?? []) {
    const sha256 = download_info.archive_info?.hashes?.['sha256']
    if (sha256 !== undefined) found.set(normalizedName(metadata.name), [`sha256:${sha256}`])
  }
  return found
}

function parseOr(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
