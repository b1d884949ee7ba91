import { describe, expect, it } from 'vitest'
import type { AppEvent } from '../../../contract/index.ts'
import { backOffMs, socketBridge } from '../../../renderer/bridge-socket.ts'
import type { SocketLike } from '../../../renderer/bridge-socket.ts'
import { desktopBridge } from '../../../renderer/bridge.ts'
import { serverChanged, snapshot } from './fake-bridge.ts'

class FakeSocket extends EventTarget {
  readonly sent: { readonly id: number; readonly command: string; readonly params: unknown }[] = []
  send(text: string): void {
    this.sent.push(JSON.parse(text))
  }
  close(): void {}
  say(message: unknown): void {
    this.dispatchEvent(
      new MessageEvent('message', { data: typeof message === 'string' ? message : JSON.stringify(message) }),
    )
  }
}

function opened() {
  const sockets: FakeSocket[] = []
  const timers: { readonly run: () => void; readonly ms: number }[] = []
  const bridge = socketBridge({
    connect: () => {
      const socket = new FakeSocket()
      sockets.push(socket)
      return socket as unknown as SocketLike
    },
    replyDeadlineMs: 777,
    later: (run, ms) => timers.push({ run, ms }),
  })
  const states: string[] = []
  bridge.onState((state) => states.push(state))
  sockets[0]!.dispatchEvent(new Event('open'))
  return { bridge, sockets, timers, states, socket: sockets[0]! }
}

describe('the bridge over a WebSocket', () => {
  it('brings each reply to its call, in whatever order they come', async () => {
    const { bridge, socket, states } = opened()
    const first = bridge.invoke('host.snapshot', {})
    const second = bridge.invoke('environments.get', { name: 'démo' })
    expect(socket.sent).toEqual([
      { id: 1, command: 'host.snapshot', params: {} },
      { id: 2, command: 'environments.get', params: { name: 'démo' } },
    ])
    socket.say({ id: 2, error: { code: 'NOT_FOUND', message: 'no démo', hint: 'look', details: { path: '/x' } } })
    socket.say({ id: 1, ok: snapshot(4) })
    await expect(second).rejects.toMatchObject({ code: 'NOT_FOUND', hint: 'look', details: { path: '/x' } })
    await expect(first).resolves.toMatchObject({ revision: 4 })
    expect(states).toEqual(['connecting', 'open'])
  })

  it('hands events on in batches, and survives what it does not understand', () => {
    const { bridge, socket } = opened()
    const heard: AppEvent[] = []
    const stop = bridge.onEvents((events) => heard.push(...events))
    socket.say('no json')
    socket.say({ anything: 1 })
    socket.say({ id: null, error: { code: 'BAD_REQUEST', message: 'what?' } })
    socket.say({ events: [serverChanged(1, 'a'), serverChanged(2, 'a')] })
    stop()
    socket.say({ events: [serverChanged(3, 'a')] })
    expect(heard.map(({ revision }) => revision)).toEqual([1, 2])
  })

  it('fails what is under way when the connection goes, and connects again, ever more slowly', async () => {
    const { bridge, socket, sockets, states, timers } = opened()
    const call = bridge.invoke('host.info', {})
    timers.length = 0
    socket.dispatchEvent(new Event('close'))
    await expect(call).rejects.toMatchObject({ code: 'HOST_UNREACHABLE' })
    await expect(bridge.invoke('host.info', {})).rejects.toMatchObject({ code: 'HOST_UNREACHABLE' })
    const waits: number[] = []
    for (let failures = 0; failures < 3; failures += 1) {
      const timer = timers.shift()!
      waits.push(timer.ms)
      timer.run()
      sockets.at(-1)!.dispatchEvent(new Event('close'))
    }
    expect(waits).toEqual([0, 1, 2].map(backOffMs))
    timers.shift()!.run()
    sockets.at(-1)!.dispatchEvent(new Event('open'))
    expect(states).toEqual(['connecting', 'open', 'lost', 'open'])
    const again = bridge.invoke('host.info', {})
    const { id } = sockets.at(-1)!.sent[0]!
    sockets.at(-1)!.say({ id, ok: snapshot(1).host })
    await expect(again).resolves.toMatchObject({ pid: 1 })
  })

  it('gives up a call that nobody answers', async () => {
    const { bridge, timers } = opened()
    const call = bridge.invoke('host.info', {})
    timers.find(({ ms }) => ms === 777)!.run()
    await expect(call).rejects.toMatchObject({ code: 'TIMEOUT' })
  })

  it('waits no longer than ten seconds', () => {
    expect([0, 1, 5, 6, 1000].map(backOffMs)).toEqual([250, 500, 8000, 10_000, 10_000])
  })
})

describe('the bridge of the desktop window', () => {
  const answering = (reply: unknown) => desktopBridge({ invoke: async () => reply, on: () => () => {} })

  it('unwraps what the preload answers', async () => {
    await expect(answering({ ok: [1] }).invoke('runtimes.list', {})).resolves.toEqual([1])
    const error = { code: 'IN_USE', message: 'busy', hint: 'wait' }
    await expect(answering({ error }).invoke('runtimes.list', {})).rejects.toMatchObject(error)
    await expect(answering({ error: 'text' }).invoke('runtimes.list', {})).rejects.toMatchObject({ code: 'INTERNAL' })
  })

  it('is open from the start', () => {
    const states: string[] = []
    answering({}).onState((state) => states.push(state))
    expect(states).toEqual(['open'])
  })
})
