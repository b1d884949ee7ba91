import { z } from 'zod'
import { AppError, errorInfoSchema, fromErrorInfo } from '../contract/index.ts'
import type { AppEvent, CommandName, CommandParams, CommandReply } from '../contract/index.ts'
import { socketBridge } from './bridge-socket.ts'

/** `connecting` is the first try; `lost` tries again by itself until it is `open` again. */
export type BridgeState = 'connecting' | 'open' | 'lost'

/** The way to the host: nobody but this file and its socket half knows which one it is. */
export interface Bridge {
  /** Rejects with an AppError: what the host answered, or HOST_UNREACHABLE or TIMEOUT when nothing came back. */
  readonly invoke: <N extends CommandName>(name: N, params: CommandParams<N>) => Promise<CommandReply<N>>
  /** Events in batches, in the order of their arrival. Returns the way to stop. */
  readonly onEvents: (listener: (events: readonly AppEvent[]) => void) => () => void
  /** Told at once how it stands, then at each change. */
  readonly onState: (listener: (state: BridgeState) => void) => () => void
}

/** What the preload of the desktop window gives to the page. */
export interface DesktopBridge {
  readonly invoke: (name: string, params: unknown) => Promise<unknown>
  readonly on: (event: 'events', listener: (events: readonly AppEvent[]) => void) => () => void
}

declare global {
  interface Window {
    readonly beep?: DesktopBridge
  }
}

const replySchema = z.union([z.object({ ok: z.unknown() }), z.object({ error: errorInfoSchema })])

/** Milliseconds. A command answers within about a second or returns a job; what takes this long never will. */
export const replyDeadlineMs = 60_000

/** The desktop's preload where there is one, else a WebSocket to the door that served this page. */
export function openBridge(): Bridge {
  if (window.beep !== undefined) return desktopBridge(window.beep)
  const { protocol, host } = window.location
  return socketBridge({ connect: () => new WebSocket(`${protocol === 'https:' ? 'wss' : 'ws'}://${host}/`) })
}

/** Window and host are one program here: the way is open as long as there is a window. */
export function desktopBridge(desktop: DesktopBridge): Bridge {
  return {
    invoke: async (name, params) => {
      const reply = replySchema.safeParse(await desktop.invoke(name, params))
      if (!reply.success) throw new AppError('INTERNAL', `The host answered ${name} in an unknown form`)
      if ('error' in reply.data) throw fromErrorInfo(reply.data.error)
      return reply.data.ok as CommandReply<typeof name>
    },
    onEvents: (listener) => desktop.on('events', listener),
    onState: (listener) => {
      listener('open')
      return () => {}
    },
  }
}
