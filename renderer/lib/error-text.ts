import type { ErrorInfo } from '../../contract/index.ts'

/** The evidence of an error as lines of text; undefined where there is none. */
export function evidenceOf(error: ErrorInfo): string | undefined {
  const entries = Object.entries(error.details ?? {}).filter(([, value]) => value !== undefined && value !== null)
  if (entries.length === 0) return undefined
  return entries.map(([name, value]) => `${name}: ${name === 'argv' ? commandLine(value) : shown(value)}`).join('\n')
}

/** The whole error as text for a report. */
export function reportOf(error: ErrorInfo): string {
  return [`${error.code}: ${error.message}`, error.hint, evidenceOf(error)]
    .filter((part) => part !== undefined)
    .join('\n')
}

/** As one line that can be read, not one to be typed: quotes only show where an argument begins and ends. */
function commandLine(argv: unknown): string {
  if (!Array.isArray(argv)) return shown(argv)
  return argv.map((one) => (/^[^\s"]+$/u.test(String(one)) ? String(one) : JSON.stringify(one))).join(' ')
}

function shown(value: unknown): string {
  if (typeof value === 'string') return value.includes('\n') ? `\n${value}` : value
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) {
    // Last lines of output read as lines, short words as one line.
    return value.some((one) => /\s/u.test(one)) ? `\n${value.map((one) => `  ${one}`).join('\n')}` : value.join(' ')
  }
  return JSON.stringify(value)
}
