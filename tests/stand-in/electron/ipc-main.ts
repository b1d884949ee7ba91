import { contentsOf, frameOf } from './web-contents.ts'
import { answer } from './link.ts'

type Handler = Parameters<Electron.IpcMain['handle']>[1]

const handlers = new Map<string, Handler>()

export const ipcMain: Pick<Electron.IpcMain, 'handle' | 'removeHandler'> = {
  handle(channel, handler) {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
    handlers.set(channel, handler)
  },
  removeHandler: (channel) => void handlers.delete(channel),
}

answer('invoke', ({ window, frame, channel, args }) => {
  const handler = handlers.get(channel)
  if (!handler) throw new Error(`No handler registered for '${channel}'`)
  const event = { type: 'frame', sender: contentsOf(window), senderFrame: frameOf(frame), processId: 1, frameId: 1 }
  return handler(event as unknown as Electron.IpcMainInvokeEvent, ...args) as unknown
})
