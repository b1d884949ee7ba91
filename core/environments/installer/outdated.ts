import { createReadStream } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import type { OutdatedPackage } from '../../../contract/index.ts'
import type { JobContext } from '../../jobs/index.ts'
import { describeExit, run } from '../../process/index.ts'
import type { RunResult } from '../../process/index.ts'
import { normalizedName } from '../requirements.ts'
import type { Room } from '../room.ts'
import { chooseInstaller } from './choose.ts'
import type { Installer } from './choose.ts'
import { packagesFailed } from './failure.ts'
import { hintFor } from './hints.ts'
import { withScratch } from './order.ts'
import { pipOutdated } from './pip.ts'
import { silenceMs } from './silence.ts'
import type { Target } from './target.ts'
import { uvOutdated } from './uv.ts'

const answerSchema = z.array(z.object({ name: z.string(), version: z.string(), latest_version: z.string() }))

/** pip asks for one package after the other, and says nothing until it is through. */
const patience = 5

/**
 * Asks the index for packages that have a newer version, pre-releases left out. Changes nothing.
 * @returns by normalized name
 * @throws PACKAGES_FAILED where no index answers; TIMEOUT; CANCELLED
 */
export async function listOutdated(
  room: Room,
  target: Target,
  context: JobContext,
): Promise<ReadonlyMap<string, Pick<OutdatedPackage, 'version' | 'latest'>>> {
  const title = `Looking for newer versions of what is in ${target.name}`
  context.progress({ fraction: null, title })
  const installer = await chooseInstaller(room, target, context.signal, { mayChange: false })
  return withScratch(room, async (folder) => {
    const logFile = path.join(folder, 'log.txt')
    const argv =
      installer.kind === 'uv'
        ? uvOutdated(installer.uv, target, installer.settings)
        : pipOutdated(installer.pip, logFile)
    const refusals: string[] = []
    const result = await run(argv, {
      env: installer.env,
      cwd: target.root,
      signal: context.signal,
      silenceMs: patience * silenceMs(room),
      onLine(line) {
        const refusal = /status code failure: 40[13]\b.*$/u.exec(line)?.[0]
        if (refusal !== undefined) refusals.push(`error: ${refusal}`)
      },
    })
    if (result.exitCode !== 0)
      throw packagesFailed(title, describeExit(result.exitCode, result.signal), result, installer.isOffline)
    const found = parseOutdated(result.stdout)
    if (!found) throw packagesFailed(title, 'gave an answer that is none', result, installer.isOffline)
    const trouble = await troubleOf(installer, found.size === 0, refusals, logFile)
    if (trouble.length > 0)
      throw packagesFailed(title, 'got no answer', withLines(result, trouble), installer.isOffline)
    return found
  })
}

/** The JSON that both print, by normalized name. pip may say other things before it. */
export function parseOutdated(stdout: string): Map<string, { version: string; latest: string }> | undefined {
  const line = stdout.split(/\r?\n/u).findLast((one) => one.startsWith('['))
  if (line === undefined) return undefined
  try {
    const answer = answerSchema.parse(JSON.parse(line))
    return new Map(
      answer.map((one) => [normalizedName(one.name), { version: one.version, latest: one.latest_version }]),
    )
  } catch {
    return undefined
  }
}

/** Both tools take an index that refuses, and pip one that cannot be reached, for one that has nothing: told apart by what they log. */
async function troubleOf(
  installer: Installer,
  isEmpty: boolean,
  refusals: readonly string[],
  logFile: string,
): Promise<readonly string[]> {
  if (installer.kind === 'uv') return isEmpty ? refusals.slice(0, 1) : []
  const skipped = await skippedAddresses(logFile)
  const isRefusal = (line: string) => hintFor([line])?.cause === 'credentials'
  return skipped.filter((line) => hintFor([line]) !== undefined && (isEmpty || !isRefusal(line))).slice(0, 1)
}

/** Addresses that pip has gone without, each with the reason. The log may be long: every link of every page is in it. */
async function skippedAddresses(logFile: string): Promise<string[]> {
  const skipped: string[] = []
  const input = createReadStream(logFile)
  const lines = createInterface({ input, crlfDelay: Infinity })
  try {
    for await (const line of lines) {
      const found = /Could not fetch URL (.+)$/u.exec(line)?.[1]
      if (found !== undefined) skipped.push(`ERROR: Could not fetch ${found}`)
    }
  } catch {
    // No log, no trouble.
  } finally {
    input.destroy()
  }
  return skipped
}

function withLines(result: RunResult, lastLines: readonly string[]) {
  const { argv, exitCode, signal } = result
  return { argv, exitCode, signal, lastLines }
}
