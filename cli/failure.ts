import type { ErrorInfo } from '../contract/index.ts'
import type { Output, Paint } from './output.ts'
import { visible } from './text/visible.ts'

/**
 * Says what went wrong: with --json as the one document on stdout; for people, and where that document is out already,
 * as sentence, evidence and hint on stderr.
 */
export function printFailure(output: Output, info: ErrorInfo): void {
  if (output.json && !output.hasAnswered()) output.answer({ json: { error: failureJson(info) }, text: '' })
  else output.complain(failureText(info, output.paint))
}

/** A Python traceback stands beside the message, where the readers of every other door find it too. */
export function failureJson(info: ErrorInfo): Record<string, unknown> {
  const { traceback, ...details } = info.details ?? {}
  return {
    code: info.code,
    message: info.message,
    ...(typeof traceback === 'string' ? { traceback } : {}),
    ...(info.hint === undefined ? {} : { hint: info.hint }),
    ...(Object.keys(details).length === 0 ? {} : { details }),
  }
}

export function failureText(info: ErrorInfo, paint: Paint): string {
  const lines = [...tracebackOf(info), `${paint('error', 'error:')} ${visible(sentence(info), { multiline: true })}`]
  lines.push(...evidence(info.details ?? {}))
  if (info.hint !== undefined) lines.push(`${paint('hint', 'hint:')} ${visible(info.hint, { multiline: true })}`)
  return lines.join('\n')
}

/** Params are refused by the name of the command, which whoever typed a verb has never heard of. */
function sentence({ code, message }: ErrorInfo): string {
  return code === 'INVALID_PARAMS' ? message.replace(/^[a-z]+\.[a-zA-Z]+: /u, '') : message
}

/** Without its last line where the message says the same. */
function tracebackOf({ message, details }: ErrorInfo): string[] {
  const traceback = details?.['traceback']
  if (typeof traceback !== 'string') return []
  const frames = traceback.trimEnd()
  const rest = frames.endsWith(message) ? frames.slice(0, -message.length).trimEnd() : frames
  return rest === '' ? [] : [visible(rest, { multiline: true })]
}

/** What a person can judge for themselves: the command, how it ended, what it said last. The rest is in --json. */
function evidence(details: Readonly<Record<string, unknown>>): string[] {
  const { argv, exitCode, signal, lastLines, failed } = details
  const lines: string[] = []
  if (isTexts(argv)) lines.push(`  command: ${visible(argv.map(quoted).join(' '))}`)
  if (typeof signal === 'string') lines.push(`  signal: ${visible(signal)}`)
  else if (typeof exitCode === 'number') lines.push(`  exit code: ${exitCode}`)
  if (isTexts(lastLines)) lines.push(...lastLines.map((line) => `  | ${visible(line)}`))
  // Of work on several things; where one failed, the message says why.
  if (Array.isArray(failed) && failed.length > 1) lines.push(...failed.flatMap(failedLine))
  return lines
}

function failedLine(entry: unknown): string[] {
  const { name, error } = (entry ?? {}) as { readonly name?: unknown; readonly error?: Partial<ErrorInfo> }
  return typeof name === 'string' && error?.message ? [`  ${visible(name)}: ${visible(error.message)}`] : []
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}

/** As one would have to type it; for reading, not for running. */
function quoted(argument: string): string {
  return /^[\w@%+=:,./\\-]+$/u.test(argument) ? argument : JSON.stringify(argument)
}
