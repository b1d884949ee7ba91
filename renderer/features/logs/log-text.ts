import { plain } from '../../lib/terminal-text.ts'
import type { ShownLine } from './log-lens.ts'

/** Time, server where there are several, source, stream, text: as one line of a file. */
export function lineText({ at, server, source, stream, text }: ShownLine, isMerged: boolean): string {
  return [at, ...(isMerged ? [server] : []), `${source}/${stream}`, text].join(' ')
}

export function linesText(lines: readonly ShownLine[], isMerged: boolean): string {
  return lines.map((line) => `${lineText(line, isMerged)}\n`).join('')
}

/** A file name on every system: the time has no colons. */
export function fileName(server: string | undefined, now: Date): string {
  return `${server ?? 'all-servers'} ${now.toISOString().slice(0, 19).replaceAll(':', '-')}.log`
}

/** Hours to milliseconds in the user's own zone; what is no time stays as it is. */
export function clock(at: string): string {
  const date = new Date(at)
  if (Number.isNaN(date.getTime())) return at
  const two = (value: number) => String(value).padStart(2, '0')
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':')
  return `${time}.${String(date.getMilliseconds()).padStart(3, '0')}`
}

const fact = /^@beep (\{.*\})$/su

/** What a server told the host, for people: `session.started · sessionId p1 · pid 4`. Copied and saved, it stays as it was told. */
export function shownText({ stream, text }: Pick<ShownLine, 'stream' | 'text'>): string {
  const told = stream === 'event' ? fact.exec(text)?.[1] : undefined
  if (told === undefined) return text
  try {
    const { event, ...rest } = JSON.parse(told) as Readonly<Record<string, unknown>>
    const word = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))
    return [word(event), ...Object.entries(rest).map(([name, value]) => `${name} ${word(value)}`)].join(' · ')
  } catch {
    return text
  }
}

/** What a row shows of a line, and what is searched: no colours of a terminal. */
export function rowText(line: Pick<ShownLine, 'stream' | 'text'>): string {
  return plain(shownText(line))
}
