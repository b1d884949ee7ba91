import { homedir } from 'node:os'
import path from 'node:path'

/** Every place under the data root, written once. Nothing of ours lies outside it but sockets with too long a path. */
export interface Layout {
  readonly home: string
  readonly settings: string
  readonly instance: string
  readonly runtimes: string
  readonly environments: string
  readonly servers: string
  readonly endpoints: string
  readonly logs: string
  readonly cache: string
  /** Half-made things; what lies here was never finished. Same volume as the rest, so that a rename is enough. */
  readonly staging: string
  readonly locks: string
  readonly run: string
}

export function layoutOf(home: string): Layout {
  const at = (...parts: string[]) => path.join(home, ...parts)
  return {
    home,
    settings: at('settings.json'),
    instance: at('instance.json'),
    runtimes: at('runtimes'),
    environments: at('environments'),
    servers: at('servers'),
    endpoints: at('endpoints'),
    logs: at('logs'),
    cache: at('cache'),
    staging: at('staging'),
    locks: at('locks'),
    run: at('run'),
  }
}

/** The data root: what the caller says, else `$BEEP_HOME`, else `~/.beep-python`; absolute, without `\\?\`. */
export function dataRoot(env: NodeJS.ProcessEnv = process.env, explicit?: string): string {
  const chosen = explicit ?? (env['BEEP_HOME'] || path.join(homedir(), '.beep-python'))
  return withoutLongPathPrefix(path.resolve(chosen))
}

/**
 * Windows hands out `\\?\C:\…` now and then; inside Python such a prefix leaks into sys.prefix and breaks what compares
 * paths (jupyterlab-desktop#784).
 */
export function withoutLongPathPrefix(text: string): string {
  if (text.startsWith('\\\\?\\UNC\\')) return `\\\\${text.slice(8)}`
  return text.startsWith('\\\\?\\') ? text.slice(4) : text
}
