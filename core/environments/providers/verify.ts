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
  const argv = [environmentExecutable(root, room.platform), '-I', '-X', 'utf8', script] as const
  const things = [...packages.map(requirementName), ...modules.map((name) => `module:${name}`)]
  const result = await run([...argv, ...things], {
    env: childEnvironment(room.env, room.platform),
    cwd: root,
    signal,
    timeoutMs: importMs,
  })
  const hint = 'It ended Python itself: see its last lines. Another version of a package may do.'
  if (result.exitCode !== 0) throw exitFailure('Importing the packages', result, 'PACKAGES_FAILED', hint)
  const failed = Object.entries(answerOf(result).failed)
  const [first] = failed
  if (!first) return
  const [name, why] = first
  const more = failed.length === 1 ? '' : `, and ${failed.length - 1} more`
  throw new AppError('PACKAGES_FAILED', `${name} is installed and cannot be imported: ${why}${more}`, {
    hint: 'Look at what it says; a library of the system may be missing, or another version of the package needed.',
    details: { argv: result.argv, failed: Object.fromEntries(failed), lastLines: result.lastLines },
  })
}

function answerOf(result: RunResult): z.output<typeof answerSchema> {
  const line = result.stdout.split(/\r?\n/u).find((text) => text.startsWith(tag))
  const answer = answerSchema.safeParse(line === undefined ? undefined : JSON.parse(line.slice(tag.length)))
  if (answer.success) return answer.data
  throw exitFailure('Importing the packages', result, 'PACKAGES_FAILED', 'It ended without an answer.')
}
