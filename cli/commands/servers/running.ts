import path from 'node:path'
import { addressOf } from '../../../contract/index.ts'
import type { Server } from '../../../contract/index.ts'
import type { Place } from '../../place.ts'
import type { Answer } from '../../output.ts'
import { fields } from '../../text/table.ts'
import { visible } from '../../text/visible.ts'

/** The file by which client programs find a server: the core writes it, this only names it. */
export function endpointFile(home: string, name: string): string {
  return path.join(home, 'endpoints', `${name}.json`)
}

/** What `start` and `restart` say of a server that runs. The token is in the JSON form alone: screens are looked at by others. */
export function runningAnswer(server: Server, place: Place): Answer {
  const { name, transport, state, environment, pid, endpoint } = server
  const rows: (readonly [string, string])[] = [
    ['transport', transport],
    ['environment', environment],
    ['pid', String(pid ?? '')],
    ['address', endpoint ? addressOf(endpoint) : ''],
  ]
  if (endpoint && 'token' in endpoint && endpoint.token) rows.push(['token', `in ${endpointFile(place.home, name)}`])
  const tries = tryLines(server, place).map((line) => `  ${line}`)
  return {
    json: { name, transport, state, environment, pid, endpoint },
    text: [`"${visible(name)}" is running`, fields(rows), 'Try', ...tries].join('\n'),
  }
}

/** Lines to paste into a shell. */
function tryLines({ name, endpoint }: Server, place: Place): string[] {
  const own = (...words: string[]) => commandLine(place, ...words)
  const lines = [own('eval', name, '1 + 1')]
  if (endpoint?.transport === 'http') {
    const token = endpoint.token ? ` -H "Authorization: Bearer $(${own('endpoint', name, '--field', 'token')})"` : ''
    const body = shellWord(JSON.stringify({ expression: '1 + 1' }))
    lines.push(`curl -s${token} -H 'Content-Type: application/json' -d ${body} ${endpoint.url}/eval`)
  }
  if (endpoint?.transport === 'pipe' && !endpoint.path.startsWith('\\\\')) {
    const line = shellWord(JSON.stringify({ command: 'eval', payload: { expression: '1 + 1' } }))
    lines.push(`echo ${line} | nc -U ${shellWord(endpoint.path)}`)
  }
  return lines
}

/** A line of ours to paste into another shell, where it shall find the same data root. */
export function commandLine(place: Place, ...words: string[]): string {
  const home = place.isUsualHome ? [] : ['--home', place.home]
  return ['beep-host', ...words, ...home].map(shellWord).join(' ')
}

/** A word as one types it: bare where that is safe, else in single quotes, which mean themselves in every Unix shell and in PowerShell. */
export function shellWord(word: string): string {
  const shown = visible(word)
  return /^[\p{L}\p{N}_@%+=:,./-]+$/u.test(shown) ? shown : `'${shown.replaceAll("'", String.raw`'\''`)}'`
}
