import { z } from 'zod'
import { AppError, errorInfoSchema, fromErrorInfo } from '../contract/index.ts'
import type { AppEvent, CommandReply } from '../contract/index.ts'
import type { Bridge, BridgeState } from './bridge-shape.ts'
import { socketBridge } from './bridge-socket.ts'

export type { Bridge, BridgeState }

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
