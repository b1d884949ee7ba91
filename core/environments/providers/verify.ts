import { z } from 'zod'
import { AppError } from '../../../contract/index.ts'
import type { JobContext } from '../../jobs/index.ts'
import { childEnvironment, environmentExecutable } from '../../platform/index.ts'
import { exitFailure, run } from '../../process/index.ts'
import type { RunResult } from '../../process/index.ts'
import { shipped } from '../../shipped.ts'
import { requirementName } from '../requirements.ts'
import type { Room } from '../room.ts'

const script = shipped('python/probe/import_check.py')
const tag = '@beep-imports '
const answerSchema = z.object({ failed: z.record(z.string(), z.string()) })

/** Milliseconds for all imports: a large framework takes ten seconds from a cold disk. */
const importMs = 300_000

/** What to import. */
export interface Verification {
  /** Requirements, or names of packages, whose modules are found by what they bring. */
  readonly packages: readonly string[]
  readonly modules: readonly string[]
}

/**
 * Imports what packages bring, in the environment's own Python: installed is not the same as working.
 * @throws PACKAGES_FAILED naming those that cannot be imported, each with its reason
 */
export async function verifyImports(
  room: Room,
  root: string,
  { packages, modules }: Verification,
  { signal, progress }: JobContext,
): Promise<void> {
  if (packages.length === 0 && modules.length === 0) return
  progress({ fraction: null, title: 'Importing the packages once' })
  const things = [...packages.map(requirementName), ...modules.map((name) => `module:${name}`)]
  const { failed, result } = await importFailures(room, root, things, signal)
  if (Object.keys(failed).length > 0) throw cannotImport(failed, result)
}

/**
 * Which packages cannot be imported, and why, by their names as given.
 * @param site a site-packages to take in place of the environment's own
 * @throws PACKAGES_FAILED where they end Python itself; TIMEOUT, CANCELLED
 */
export async function importFailures(
  room: Room,
  root: string,
  names: readonly string[],
  signal: AbortSignal,
  site?: string,
): Promise<{ readonly failed: Readonly<Record<string, string>>; readonly result: RunResult }> {
  const place = site === undefined ? [script] : ['-S', '-B', script, '--site', site]
  const argv = [environmentExecutable(root, room.platform), '-I', '-X', 'utf8', ...place] as const
  const result = await run([...argv, ...names], {
    env: childEnvironment(room.env, room.platform),
    cwd: root,
    signal,
    timeoutMs: importMs,
  })
  const hint = 'It ended Python itself: see its last lines. Another version of a package may do.'
  if (result.exitCode !== 0) throw exitFailure('Importing the packages', result, 'PACKAGES_FAILED', hint)
  return { failed: answerOf(result).failed, result }
}

export function cannotImport(failed: Readonly<Record<string, string>>, result: RunResult, more = ''): AppError {
  const all = Object.entries(failed)
  const [name = '', why = ''] = all[0] ?? []
  const others = all.length === 1 ? '' : `, and ${all.length - 1} more`
  const hint = 'Look at what it says; a library of the system may be missing, or another version of the package needed.'
  return new AppError('PACKAGES_FAILED', `${name} is installed and cannot be imported: ${why}${others}`, {
    hint: more === '' ? hint : `${hint} ${more}`,
    details: { argv: result.argv, failed, lastLines: result.lastLines },
  })
}

function answerOf(result: RunResult): z.output<typeof answerSchema> {
  const line = result.stdout.split(/\r?\n/u).find((text) => text.startsWith(tag))
  const answer = answerSchema.safeParse(line === undefined ? undefined : JSON.parse(line.slice(tag.length)))
  if (answer.success) return answer.data
  throw exitFailure('Importing the packages', result, 'PACKAGES_FAILED', 'It ended without an answer.')
}
