import { limitsOf } from '../../../contract/index.ts'
import type { ServerLimits, ServerSpec, StartServerParams } from '../../../contract/index.ts'

/** A word as one types it: bare where that is safe, else in single quotes, which mean themselves in every Unix shell and in PowerShell. */
export function shellWord(word: string): string {
  return /^[\p{L}\p{N}_@%+=:,./-]+$/u.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`
}

/** The folder that every program looks in by itself; any other one has to be named. */
export function isUsualHome(home: string): boolean {
  return /[/\\]\.beep-python[/\\]?$/u.test(home)
}

/** A line of ours to paste into a terminal, where it shall find the same data root. */
export function commandLine(home: string | undefined, ...words: readonly string[]): string {
  const place = home === undefined || isUsualHome(home) ? [] : ['--home', home]
  return ['beep-host', ...words, ...place].map(shellWord).join(' ')
}

/** The terminal's word for a start with these params. */
export function startLine(params: StartServerParams, home?: string): string {
  const { name, transport, environment, port, auth, workers, infrastructure, restart } = params
  return commandLine(
    home,
    'start',
    ...(transport === undefined ? [] : [transport]),
    ...(name === undefined ? [] : ['--name', name]),
    ...(environment === undefined ? [] : ['--venv', environment]),
    ...(port === undefined ? [] : ['--port', port === null ? 'usual' : String(port)]),
    ...(auth === undefined ? [] : ['--auth', auth]),
    ...(workers === undefined ? [] : ['--workers', String(workers)]),
    ...(infrastructure === undefined ? [] : ['--infrastructure', infrastructure]),
    ...(restart === undefined ? [] : ['--restart', restart]),
    ...limitWords(limitsOf(params)),
    '--detach',
  )
}

/** The terminal's word for saving a description. */
export function saveLine(spec: ServerSpec, home?: string): string {
  const { name, transport, environment, port, auth, workers, infrastructure, restart } = spec
  return commandLine(
    home,
    'servers',
    'save',
    name,
    '--transport',
    transport,
    '--venv',
    environment,
    ...(transport === 'pipe' ? [] : ['--port', port === null ? 'usual' : String(port), '--auth', auth]),
    ...(workers === 1 ? [] : ['--workers', String(workers)]),
    ...(infrastructure === 'none' ? [] : ['--infrastructure', infrastructure]),
    ...(restart === 'on-failure' ? [] : ['--restart', restart]),
    ...limitWords(spec),
  )
}

/** The options that say what a server allows its code; the terminal takes whole seconds. */
function limitWords(limits: ServerLimits): string[] {
  const { timeoutSeconds, graceSeconds, cancelOnDisconnect, processLimit, queueLimit } = limits
  return [
    ...(timeoutSeconds === undefined ? [] : ['--time-limit', whole(timeoutSeconds) ?? 'none']),
    ...(graceSeconds === undefined ? [] : ['--grace', whole(graceSeconds) ?? '0']),
    ...(cancelOnDisconnect === undefined ? [] : ['--on-disconnect', cancelOnDisconnect ? 'cancel' : 'go-on']),
    ...(queueLimit === undefined ? [] : ['--queue', String(queueLimit)]),
    ...(processLimit === undefined ? [] : ['--processes', String(processLimit)]),
  ]
}

function whole(seconds: number | null): string | undefined {
  return seconds === null ? undefined : String(Math.ceil(seconds))
}
