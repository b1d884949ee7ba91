import { busSocket } from './bus-address.ts'
import { askTrayHost } from './ask-bus.ts'

/** Whether a tray icon of ours can be seen. Unknown is no yes: a window that hides must be found again. */
export type TrayHost = 'yes' | 'no' | 'unknown'

export interface TrayHostFacts {
  readonly platform: NodeJS.Platform
  readonly env: NodeJS.ProcessEnv
  readonly uid: number
}

/** Asks anew each time: panels come after login, and extensions go. Windows and macOS always have a tray. */
export async function findTrayHost({ platform, env, uid }: TrayHostFacts): Promise<TrayHost> {
  if (platform === 'win32' || platform === 'darwin') return 'yes'
  const runtime = env['XDG_RUNTIME_DIR']
  const usual = runtime ? `unix:path=${runtime}/bus` : undefined
  const socket = busSocket(env['DBUS_SESSION_BUS_ADDRESS'] || usual)
  if (socket === undefined) return 'no'
  const isThere = await askTrayHost(socket, uid)
  return isThere === undefined ? 'unknown' : isThere ? 'yes' : 'no'
}
