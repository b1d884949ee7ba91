import type { IpcRenderer } from 'electron'
import type { AppEvent } from '../contract/index.ts'
import { channels } from './names.ts'

type Events = readonly AppEvent[]

/**
 * What the page gets as `window.beep`: commands and events of the contract, and no way to any other channel. Names are judged by
 * main alone, which knows the commands and writes refusals to the log.
 */
export function createBridge(ipc: Pick<IpcRenderer, 'invoke' | 'on' | 'off'>) {
  return {
    invoke: (name: string, params: unknown): Promise<unknown> => ipc.invoke(channels.invoke, name, params),
    on: (event: 'events', listener: (events: Events) => void): (() => void) => {
      if (event !== 'events') throw new TypeError(`There are no ${String(event)} to listen to`)
      const tell = (_event: unknown, events: Events) => listener(events)
      ipc.on(channels.events, tell)
      return () => void ipc.off(channels.events, tell)
    },
  } as const
}
