import { beepHome } from './home.ts'
import type { Access } from './find/locate.ts'

export interface BackendOptions {
  /** The folder of the host; default `BEEP_HOME`, else `~/.beep-python`. Endpoint files are looked up there. */
  readonly home?: string | undefined
  /** Default: the token in the endpoint file of the server, if it has one. */
  readonly token?: string | undefined
  /** Milliseconds until an attempt to connect is given up; default 10 000. */
  readonly connectTimeoutMs?: number | undefined
}

export const defaultConnectTimeoutMs = 10_000

export function backendAccess(options: BackendOptions): Access {
  return { home: beepHome(options.home), token: options.token }
}
