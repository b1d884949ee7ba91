import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** A session bus on which somebody shows tray icons, or nobody does: as much of D-Bus as the question about that needs. */
export interface TrayBus {
  /** For `DBUS_SESSION_BUS_ADDRESS`. */
  readonly address: string
  /** The panel comes and goes. */
  readonly setHost: (isThere: boolean) => void
  readonly close: () => Promise<void>
}

export async function openTrayBus(hasHost: boolean): Promise<TrayBus> {
  const folder = mkdtempSync(path.join(tmpdir(), 'bus-'))
  const file = path.join(folder, 'bus')
  const sockets = new Set<Socket>()
  let isThere = hasHost
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => {})
    let received = Buffer.alloc(0)
    let hasBegun = false
    socket.on('data', (data) => {
      received = Buffer.concat([received, data])
      for (;;) {
        const end = received.indexOf('\r\n')
        if (hasBegun || end === -1) break
        const line = received.toString('latin1', 0, end)
        received = received.subarray(end + 2)
        if (line.startsWith('\0AUTH EXTERNAL ')) socket.write('OK 0123456789abcdef0123456789abcdef\r\n')
        if (line === 'BEGIN') hasBegun = true
      }
      while (hasBegun && received.length >= 16) {
        const bytes = Math.ceil((16 + received.readUInt32LE(12)) / 8) * 8 + received.readUInt32LE(4)
        if (received.length < bytes) break
        const call = received.subarray(0, bytes)
        received = received.subarray(bytes)
        socket.write(replyTo(call.readUInt32LE(8), call.toString('latin1'), isThere))
      }
    })
  })
  server.listen(file)
  await once(server, 'listening')
  return {
    address: `unix:path=${file}`,
    setHost: (next) => void (isThere = next),
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function replyTo(serial: number, call: string, isThere: boolean): Buffer {
  if (call.includes('Hello')) return message(serial, 's', Buffer.from('\u0004\0\0\0:1.7\0', 'latin1'))
  const truth = Buffer.from([isThere ? 1 : 0, 0, 0, 0])
  if (call.includes('NameHasOwner')) return message(serial, 'b', truth)
  return message(serial, 'v', Buffer.concat([Buffer.from('\u0001b\0\0', 'latin1'), truth]))
}

/** A method return with the two fields that matter. */
function message(serial: number, signature: string, body: Buffer): Buffer {
  const fields = Buffer.alloc(15)
  // REPLY_SERIAL, an unsigned number.
  fields.write('\u0005\u0001u\0', 0, 'latin1')
  fields.writeUInt32LE(serial, 4)
  // SIGNATURE, from the next multiple of eight on.
  fields.write(`\u0008\u0001g\0\u0001${signature}\0`, 8, 'latin1')
  const head = Buffer.alloc(16)
  head.write('l\u0002\u0001\u0001', 0, 'latin1')
  head.writeUInt32LE(body.length, 4)
  head.writeUInt32LE(99, 8)
  head.writeUInt32LE(fields.length, 12)
  return Buffer.concat([head, fields, Buffer.alloc(1), body])
}
