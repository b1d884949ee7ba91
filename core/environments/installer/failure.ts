import { AppError, blotCredentials } from '../../../contract/index.ts'
import type { ExitEvidence } from '../../process/index.ts'
import { hintFor } from './hints.ts'
import type { Hint } from './hints.ts'

/** An installer that has not done what it was asked to: `how` says it in words, the rest is evidence. */
export function packagesFailed(title: string, how: string, evidence: ExitEvidence, isOffline: boolean): AppError {
  const shown = shownEvidence(evidence)
  const { lastLines } = shown
  const found = isOffline ? withoutIndex(hintFor(lastLines)) : hintFor(lastLines)
  // Of an index that cannot be reached, pip says in the end that it has no such package.
  const telling = found?.message ?? tellingLine(lastLines)
  return new AppError('PACKAGES_FAILED', `${title} ${how}${telling ? `: ${telling}` : ''}`, {
    hint: found?.hint ?? 'The last lines of the installer tell more.',
    details: { ...shown, cause: found?.cause },
  })
}

/** What an installer was told and has said, but for passwords. */
export function shownEvidence(evidence: ExitEvidence): ExitEvidence {
  const lastLines = evidence.lastLines.filter((line) => !/^(DEBUG|TRACE)\b/u.test(line)).map(withoutSecrets)
  return { ...evidence, argv: evidence.argv.map(withoutSecrets), lastLines }
}

/** Nobody was asked, so nothing was misspelt. */
function withoutIndex(found: Hint | undefined): Hint | undefined {
  if (found !== undefined && found.cause !== 'no-match' && found.cause !== 'conflict') return found
  const hint =
    'No package index is asked, since the settings say offline. Import a bundle that has these packages, or go online: `beep-host config set offline false`.'
  return { cause: found?.cause ?? 'no-match', hint }
}

/** pip's last "ERROR:" line; uv's "error:" with the last of the causes below it; else the last line with anything in it. */
export function tellingLine(lines: readonly string[]): string | undefined {
  const at = lines.findLastIndex((line) => /^\s*error:/iu.test(line))
  if (at === -1) return lines.findLast((line) => line.trim() !== '')?.trim()
  const error = lines[at]!.trim().replace(/^error:\s*/iu, '')
  const cause = lines.slice(at + 1).findLast((line) => /^\s*cause:/u.test(line))
  return cause ? `${error}: ${cause.trim().replace(/^cause:\s*/u, '')}` : error
}

/** Addresses of private indexes hold passwords. */
export function withoutSecrets(text: string): string {
  return blotCredentials(text)
}
