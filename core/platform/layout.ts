import { homedir } from 'node:os'
import path from 'node:path'
import { AppError } from '../../contract/index.ts'

/** Every place under the data root, written once. Nothing of ours lies outside it but sockets with too long a path. */
export interface Layout {
  readonly home: string
  readonly settings: string
  /** Names and passwords of the addresses in the settings. */
  readonly credentials: string
  readonly instance: string
  /** The user's own profiles. */
  readonly profiles: string
  readonly runtimes: string
  readonly environments: string
  /** Deleted environments. Among the others, since that may be a link to another disk, and a rename must be enough. */
  readonly trash: string
  readonly servers: string
  readonly endpoints: string
  readonly logs: string
  readonly cache: string
  /** Wheels of imported bundles, which every installation may take. */
  readonly wheels: string
  /** Programs that the user asked us to get, such as uv: a folder a tool, in it one a version. */
  readonly tools: string
  /** The installed app's Python part, copied to where Python can compile it. */
  readonly engine: string
  /** Half-made things; what lies here was never finished. Same volume as the rest, so that a rename is enough. */
  readonly staging: string
  readonly locks: string
  readonly run: string
  /** The desktop app's own: the place of its window, its browser profile. */
  readonly desktop: string
}

export function layoutOf(home: string): Layout {
  const at = (...parts: string[]) => path.join(home, ...parts)
  return {
    home,
    settings: at('settings.json'),
    credentials: at('credentials.json'),
    instance: at('instance.json'),
    profiles: at('profiles.json'),
    runtimes: at('runtimes'),
    environments: at('environments'),
    trash: at('environments', '.trash'),
    servers: at('servers'),
    endpoints: at('endpoints'),
    logs: at('logs'),
    cache: at('cache'),
    wheels: at('wheels'),
    tools: at('tools'),
    engine: at('engine'),
    staging: at('staging'),
    locks: at('locks'),
    run: at('run'),
    desktop: at('desktop'),
  }
}

/**
 * The data root: what the caller says, else `$BEEP_HOME`, else `~/.beep-python`; absolute, without `\\?\`.
 * @throws PATH_UNUSABLE where neither is given and the user has no home.
 */
export function dataRoot(env: NodeJS.ProcessEnv = process.env, explicit?: string): string {
  const chosen = explicit || env['BEEP_HOME'] || path.join(userHome(), '.beep-python')
  return withoutLongPathPrefix(path.resolve(chosen))
}

/**
 * Windows hands out `\\?\C:\…` now and then; inside Python such a prefix leaks into sys.prefix and breaks what compares
 * paths (jupyterlab-desktop#784). Only where a plain path says the same: a volume without a letter has no other name.
 */
export function withoutLongPathPrefix(text: string): string {
  if (/^\\\\\?\\UNC\\/iu.test(text)) return `\\\\${text.slice(8)}`
  return /^\\\\\?\\[A-Z]:/iu.test(text) ? text.slice(4) : text
}

function userHome(): string {
  try {
    return homedir()
  } catch (error) {
    // Containers run users that no passwd file knows.
    throw new AppError('PATH_UNUSABLE', 'This user has no home folder', {
      hint: 'Name a data root with --home or BEEP_HOME.',
      cause: error,
    })
  }
}
