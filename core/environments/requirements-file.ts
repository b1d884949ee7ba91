import { AppError } from '../../contract/index.ts'
import { withoutSecrets } from './installer/index.ts'
import { checkedRequirements } from './requirements.ts'

/** A line that cannot be used, as evidence. */
export interface BadLine {
  readonly line: number
  readonly text: string
  readonly problem: string
}

/** Bad lines that an error carries; a file that is none would bring thousands. */
const mostBadLines = 20

/**
 * The requirements in the text of a requirements file (pip's documentation, "Requirements File Format"): one a line, comments
 * and empty lines left out, a line that ends with a backslash goes on in the next. Everything is looked at before anything is used.
 * @throws INVALID_PARAMS with the numbers of the lines that hold something else: options, other files, addresses, paths
 */
export function parseRequirementsFile(text: string): string[] {
  const requirements: string[] = []
  const bad: BadLine[] = []
  for (const { line, text: whole } of logicalLines(text)) {
    try {
      requirements.push(...checkedRequirements([whole]))
    } catch {
      bad.push({ line, text: withoutSecrets(whole).slice(0, 200), problem: problemOf(whole) })
    }
  }
  const [first] = bad
  if (!first) return requirements
  const others = bad.length === 1 ? '' : `, and ${bad.length - 1} more like it`
  throw new AppError('INVALID_PARAMS', `Line ${first.line} cannot be used: ${first.problem}${others}`, {
    hint: 'Names, versions, extras and markers can be used, one package a line: numpy>=1.26. Take the other lines out.',
    details: { lines: bad.slice(0, mostBadLines), badLines: bad.length },
  })
}

/** Lines with something in them, by the number of the first one that belongs to each. */
function logicalLines(text: string): readonly { readonly line: number; readonly text: string }[] {
  const found: { line: number; text: string }[] = []
  let begun: { line: number; text: string } | undefined
  // Editors on Windows begin a file with a byte order mark.
  const lines = text.replace(/^\uFEFF/u, '').split(/\r\n|\n|\r/u)
  for (const [index, raw] of lines.entries()) {
    // In pip, too, a comment ends what a backslash would have continued.
    const isComment = /^\s*#/u.test(raw)
    const isContinued = !isComment && raw.endsWith('\\') && index < lines.length - 1
    const part = isContinued ? raw.slice(0, -1) : raw
    begun = begun ? { ...begun, text: begun.text + part } : { line: index + 1, text: part }
    if (isContinued) continue
    const whole = begun.text.replace(/(^|\s)#.*$/u, '').trim()
    if (whole !== '') found.push({ line: begun.line, text: whole })
    begun = undefined
  }
  return found
}

const problems: readonly (readonly [RegExp, string])[] = [
  [/^(-r|--requirement)\b/u, 'it names another file'],
  [/^(-c|--constraint)\b/u, 'it names a file of constraints'],
  [/^(-e|--editable)\b/u, 'it names a folder of sources'],
  [/^-|\s--?[A-Za-z]/u, 'it has an option'],
  [/:\/\/|^[\w.-]+(\[.*\])?\s*@/u, 'it is an address, or has one'],
  [/^\.{0,2}[/\\]|^[A-Za-z]:[/\\]|[/\\]/u, 'it is a path'],
  [/\.(whl|zip|tar|tgz|gz|bz2|xz)$/iu, 'it is a file'],
]

function problemOf(text: string): string {
  const known = problems.find(([pattern]) => pattern.test(text))?.[1] ?? 'it is not a package requirement'
  const shown = withoutSecrets(text)
  return `${known}: ${shown.length > 60 ? `${shown.slice(0, 57)}…` : shown}`
}
