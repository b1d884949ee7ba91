import { commandLine, shellWord } from '../command-line.ts'
import { code, evalLine, isWindowsPipe, sample } from './target.ts'
import type { PlainEndpoint, SnippetTarget } from './target.ts'

/** What one types to try it out: `curl` or `nc` on Unix, PowerShell on Windows, and our own command. */
export function shellSnippet(target: SnippetTarget<PlainEndpoint>, platform: string): string {
  const { endpoint, home, name } = target
  const own = commandLine(home, 'eval', name, '1 + 1')
  if (endpoint.transport === 'http') {
    const line = platform === 'win32' ? powershell(endpoint.url, target.token) : curl(endpoint.url, target.token)
    return code(line, '', own)
  }
  // Windows has no such tool on board.
  if (isWindowsPipe(endpoint.path)) return own
  // Whether nc ends with its input depends on whose nc it is, and so does the option that would say so.
  return code('# Ctrl+C ends it', `echo ${shellWord(evalLine)} | nc -U ${shellWord(endpoint.path)}`, '', own)
}

function curl(url: string, token: string | undefined): string {
  const words = [
    'curl -s',
    ...(token === undefined ? [] : [`-H ${quoted(`Authorization: Bearer ${token}`)}`]),
    "-H 'Content-Type: application/json'",
    `-d ${quoted(JSON.stringify(sample))}`,
    `${url}/eval`,
  ]
  return words.join(' \\\n  ')
}

function powershell(url: string, token: string | undefined): string {
  const words = [
    `Invoke-RestMethod ${url}/eval -Method Post`,
    ...(token === undefined ? [] : [`-Headers @{ Authorization = ${quoted(`Bearer ${token}`)} }`]),
    `-ContentType 'application/json' -Body ${quoted(JSON.stringify(sample))}`,
  ]
  return words.join(' `\n  ')
}

/** Neither a token nor JSON of ours holds a single quote. */
function quoted(text: string): string {
  return `'${text}'`
}
