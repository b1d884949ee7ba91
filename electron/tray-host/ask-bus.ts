import { connect } from 'node:net'
import { booleanIn, decodeMessage, encodeCall } from './bus-message.ts'
import type { BusCall } from './bus-message.ts'

/** Milliseconds; a session bus answers in one. */
const answerWithinMs = 2000

const watcher = 'org.kde.StatusNotifierWatcher'
const bus = { destination: 'org.freedesktop.DBus', path: '/org/freedesktop/DBus', interface: 'org.freedesktop.DBus' }

/** In this order, each after the answer to the one before. */
const calls: readonly Omit<BusCall, 'serial'>[] = [
  { ...bus, member: 'Hello', args: [] },
  { ...bus, member: 'NameHasOwner', args: [watcher] },
  {
    destination: watcher,
    path: '/StatusNotifierWatcher',
    interface: 'org.freedesktop.DBus.Properties',
    member: 'Get',
    args: [watcher, 'IsStatusNotifierHostRegistered'],
  },
]

/**
 * Asks the session's bus whether somebody shows tray icons, the way Chromium does before it shows one. Over a plain socket, since
 * the tools for that (gdbus, busctl) are not everywhere. @returns undefined when the bus does not say.
 */
export function askTrayHost(socketPath: string, uid: number): Promise<boolean | undefined> {
  return new Promise((resolve) => {
    const socket = connect(socketPath)
    const end = (answer: boolean | undefined) => {
      clearTimeout(timer)
      socket.destroy()
      resolve(answer)
    }
    const timer = setTimeout(() => end(undefined), answerWithinMs)
    const call = (index: number) => socket.write(encodeCall({ ...calls[index]!, serial: index + 1 }))
    let received = Buffer.alloc(0)
    let isWelcome = false
    /** @returns true when there may be more to read. */
    const read = (): boolean => {
      if (!isWelcome) {
        const lineEnd = received.indexOf('\r\n')
        if (lineEnd === -1) return false
        if (!received.toString('latin1', 0, lineEnd).startsWith('OK')) return (end(undefined), false)
        isWelcome = true
        received = received.subarray(lineEnd + 2)
        socket.write('BEGIN\r\n')
        call(0)
        return true
      }
      const message = decodeMessage(received)
      if (!message) return false
      received = received.subarray(message.bytes)
      const { reply } = message
      // Signals, such as that we now have a name.
      if (!reply) return true
      if (reply.isError) return (end(undefined), false)
      if (reply.replyTo === 1) call(1)
      else if (reply.replyTo === 2 && booleanIn(reply.body)) call(2)
      else end(booleanIn(reply.body))
      return true
    }
    socket.on('connect', () => socket.write(`\0AUTH EXTERNAL ${Buffer.from(String(uid)).toString('hex')}\r\n`))
    socket.on('data', (data) => {
      received = Buffer.concat([received, data])
      while (read());
    })
    socket.on('error', () => end(undefined))
    socket.on('close', () => end(undefined))
  })
}
