import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

type Variables = Readonly<Record<string, string | undefined>>

/** The folder with the files of the host: `home` if given, else `BEEP_HOME`, else `.beep-python` in the user's folder. */
export function beepHome(home?: string, env: Variables = process.env, userFolder: string = homedir()): string {
  const chosen = home ?? env['BEEP_HOME']
  return chosen === undefined || chosen === '' ? join(userFolder, '.beep-python') : resolve(chosen)
}
