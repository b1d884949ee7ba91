import type { ErrorInfo } from '../../contract/index.ts'

/** Why a thing cannot be used, as fields of its description. */
export function problemFields(problem: ErrorInfo | undefined): (readonly [string, string])[] {
  if (!problem) return []
  const lines: (readonly [string, string])[] = [['problem', problem.message]]
  if (problem.hint !== undefined) lines.push(['hint', problem.hint])
  return lines
}
