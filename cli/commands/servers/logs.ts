import { exitCodes } from '../../../contract/index.ts'
import type { LogLine } from '../../../contract/index.ts'
import { followServer } from '../../follow-server.ts'
import { endedBy } from '../../foreground.ts'
import { flag, integer, required } from '../../inputs.ts'
import type { Paint } from '../../output.ts'
import { localTime } from '../../text/units.ts'
import { visible } from '../../text/visible.ts'
import { verb } from '../../verb.ts'

const mostLines = 100_000

export const logs = verb({
  words: ['logs', 'servers logs'],
  summary: 'Read the log of a server',
  commands: ['servers.logs', 'servers.get'],
  inputs: {
    name: required('name', 'which server'),
    follow: flag('-f, --follow', 'go on with what is written from now on, until Ctrl+C'),
    lines: integer('-n, --lines <count>', 'how many of the last lines; 200 where not given', 1, mostLines),
  },
  more: 'With --json: a list of lines; with --json and --follow: one JSON document a line (NDJSON), without end.',
  async run({ call, door, output, interrupt }, { name, follow, lines }) {
    const server = await call('servers.get', { name })
    const found = await call('servers.logs', { name, ...(lines === undefined ? {} : { lines }) })
    const toText = (line: LogLine) => logText(line, output.paintAnswer)
    if (!follow) return { json: found, text: found.map(toText).join('\n') }

    const print = (some: readonly LogLine[]) => {
      if (output.json) for (const line of some) output.jsonLine(line)
      else if (some.length > 0) output.line(some.map(toText).join('\n'))
    }
    print(found)
    const opened = await door()
    if (opened.kind === 'here') {
      output.note(`"${visible(server.name)}" is not running, so nothing more will come`)
      return { exitCode: exitCodes.done }
    }
    const after = found.at(-1)?.seq ?? -1
    const end = await followServer(opened, { name: server.name, after, signal: interrupt.signal, onLines: print })
    if (end === 'aborted') return { exitCode: endedBy(interrupt) }
    output.note(end === 'removed' ? `"${visible(server.name)}" was removed` : 'The host has ended')
    return { exitCode: exitCodes.done }
  },
})

/** `2026-01-31 09:05:00 http  text`, for a screen. */
export function logText(line: LogLine, paint: Paint): string {
  const head = `${localTime(line.at)} ${line.source.padEnd(4)}`
  return `${paint('dim', head)} ${visible(line.text.replaceAll('\t', '    '))}`
}
