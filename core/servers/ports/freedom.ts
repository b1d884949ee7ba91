import { lstat, rm } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

/** Milliseconds between two looks. */
const lookEveryMs = 20

/** True once the port of 127.0.0.1 can be bound, which is the only proof that it is free; false when the time is over. */
export async function portIsFree(port: number, withinMs: number): Promise<boolean> {
  return eventually(() => canBind(port), withinMs)
}

function canBind(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const probe = createServer()
  probe.once('error', () => resolve(false))
  probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)))
  return promise
}

/**
 * True once nobody answers at a socket or pipe of ours. A socket file that a killed server left is removed: the path is
 * derived from the data root and the name, so it is nobody else's.
 */
export async function addressIsFree(address: string, withinMs: number): Promise<boolean> {
  return eventually(async () => {
    if (await answers(address)) return false
    if (address.startsWith('\\\\.\\pipe\\')) return true
    if (!(await lstat(address).catch(() => undefined))?.isSocket()) return true
    return rm(address, { force: true }).then(
      () => true,
      () => false,
    )
  }, withinMs)
}

function answers(address: string): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const socket = connect(address)
  socket.once('connect', () => resolve(true))
  // ENOENT: there is no such file. ECONNREFUSED: there is one, and nobody behind it. EBUSY: all instances of a pipe are taken.
  socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'EBUSY' || error.code === 'EAGAIN'))
  return promise.finally(() => socket.destroy())
}

async function eventually(look: () => Promise<boolean>, withinMs: number): Promise<boolean> {
  const end = performance.now() + withinMs
  for (;;) {
    if (await look()) return true
    if (performance.now() >= end) return false
    await pause(lookEveryMs)
  }
}
