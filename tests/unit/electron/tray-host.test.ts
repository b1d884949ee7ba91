import { describe, expect, it, onTestFinished } from 'vitest'
import { launch, run } from '../../../core/process/index.ts'
import { awaitTray } from '../../../electron/tray-host/await-tray.ts'
import { busSocket } from '../../../electron/tray-host/bus-address.ts'
import { booleanIn, decodeMessage, encodeCall } from '../../../electron/tray-host/bus-message.ts'
import { findTrayHost } from '../../../electron/tray-host/tray-host.ts'
import type { TrayHost } from '../../../electron/tray-host/tray-host.ts'
import { openTrayBus } from '../../stand-in/tray-bus.ts'
import { env } from '../../tools/family.ts'

describe('the address of the bus', () => {
  it.each([
    ['unix:path=/run/user/1000/bus', '/run/user/1000/bus'],
    ['unix:path=/tmp/a%20b,guid=12', '/tmp/a b'],
    ['unix:abstract=/tmp/dbus-X,guid=1', '\0/tmp/dbus-X'],
    ['tcp:host=x,port=1;unix:path=/bus', '/bus'],
    ['unixexec:path=/x', undefined],
    ['unix:path=%ff', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%s is %s', (address, socket) => {
    expect(busSocket(address)).toBe(socket)
  })
})

describe('a message of the bus', () => {
  it('is written as the specification has it', () => {
    const call = { serial: 7, destination: 'a.b', path: '/p', interface: 'i.j', member: 'M', args: ['xyz'] }
    const message = encodeCall(call)
    expect(message.toString('latin1', 0, 4)).toBe('l\u0001\0\u0001')
    expect(message.readUInt32LE(4)).toBe(8)
    expect(message.readUInt32LE(8)).toBe(7)
    expect(message.length % 4).toBe(0)
    expect(message.subarray(-8)).toEqual(Buffer.from('\u0003\0\0\0xyz\0', 'latin1'))
  })

  it('is read when it is whole, and not before', () => {
    const call = encodeCall({ serial: 1, destination: 'a', path: '/', interface: 'i', member: 'M', args: [] })
    for (let length = 0; length < call.length; length += 1)
      expect(decodeMessage(call.subarray(0, length))).toBeUndefined()
    // A call is no reply.
    expect(decodeMessage(Buffer.concat([call, call]))).toEqual({ reply: undefined, bytes: call.length })
  })

  it('holds a boolean, bare or in a variant', () => {
    expect(booleanIn(Buffer.from([1, 0, 0, 0]))).toBe(true)
    expect(booleanIn(Buffer.from([0, 0, 0, 0]))).toBe(false)
    expect(booleanIn(Buffer.from([1, 98, 0, 0, 1, 0, 0, 0]))).toBe(true)
    expect(booleanIn(Buffer.from([1, 117, 0, 0, 1, 0, 0, 0]))).toBeUndefined()
    expect(booleanIn(Buffer.alloc(0))).toBeUndefined()
  })
})

describe('who shows tray icons', () => {
  const ask = (address?: string, platform: NodeJS.Platform = 'linux') =>
    findTrayHost({
      platform,
      env: address === undefined ? {} : { DBUS_SESSION_BUS_ADDRESS: address },
      uid: process.getuid?.() ?? 0,
    })

  it('is always there on Windows and macOS, and never where there is no session', async () => {
    expect(await ask(undefined, 'win32')).toBe('yes')
    expect(await ask(undefined, 'darwin')).toBe('yes')
    expect(await ask()).toBe('no')
    expect(await ask('unix:path=/nowhere/bus')).toBe('unknown')
  })

  it('says so on the bus', async () => {
    const bus = await openTrayBus(true)
    onTestFinished(() => bus.close())
    expect(await ask(bus.address)).toBe('yes')
    bus.setHost(false)
    expect(await ask(bus.address)).toBe('no')
  })

  it('is nobody on the bus of a real daemon without a panel', async ({ skip }) => {
    const script = 'echo "$DBUS_SESSION_BUS_ADDRESS"; read -r _'
    const probe = await run(['dbus-run-session', '--version'], { env, timeoutMs: 5000 }).catch(() => undefined)
    if (probe?.exitCode !== 0) return skip('there is no dbus-daemon')
    const { promise: address, resolve } = Promise.withResolvers<string>()
    const session = await launch(['dbus-run-session', '--', 'sh', '-c', script], {
      env,
      onLine: (line) => line.startsWith('unix:') && resolve(line),
    })
    onTestFinished(async () => {
      session.closeStdin()
      await session.exited
    })
    expect(await ask(await address)).toBe('no')
  })
})

describe('an icon', () => {
  const watch = (answers: readonly TrayHost[]) => {
    let shown = 0
    const left = [...answers]
    const tray = awaitTray({
      find: () => Promise.resolve(left.shift() ?? 'no'),
      show: () => void (shown += 1),
      everyMs: 1,
      looks: 3,
    })
    return { tray, shown: () => shown }
  }

  it('is shown once there is somebody who shows it, and once only', async () => {
    const { tray, shown } = watch(['no', 'unknown', 'yes', 'yes'])
    expect(await tray.atStart).toBe('yes')
    expect(await tray.look()).toBe('yes')
    expect(shown()).toBe(1)
  })

  it('is given up on after a while, and still shown later', async () => {
    const { tray, shown } = watch(['no', 'no', 'no', 'no', 'yes'])
    expect(await tray.atStart).toBe('no')
    expect(shown()).toBe(0)
    expect(await tray.look()).toBe('yes')
    expect(shown()).toBe(1)
  })
})
