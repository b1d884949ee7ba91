import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { followServer } from '../../../cli/follow-server.ts'
import { AppError } from '../../../contract/index.ts'
import type { LogLine, Server, ServerState } from '../../../contract/index.ts'
import { serverNamed } from '../servers.ts'
import { fakeDoor } from './fake-door.ts'
import type { FakeDoor } from './fake-door.ts'

function line(seq: number): LogLine {
  return { seq, at: new Date(0).toISOString(), source: 'pool', stream: 'stdout', text: `line ${seq}` }
}

function serverIn(state: ServerState, name = 'demo'): Server {
  return serverNamed(name, { transport: 'pipe', environment: 'e', state })
}

/** A host with a log of so many lines; the test says how many. */
function hostWith(log: { lines: number }, state: { now: ServerState } = { now: 'running' }): FakeDoor {
  return fakeDoor({
    'servers.logs': ({ after }) =>
      Array.from({ length: log.lines }, (_, seq) => line(seq)).filter(({ seq }) => seq > Number(after)),
    'servers.get': () => serverIn(state.now),
  })
}

function follow(door: FakeDoor, after = -1) {
  const abort = new AbortController()
  const seen: number[] = []
  const end = followServer(door, {
    name: 'demo',
    after,
    signal: abort.signal,
    onLines: (lines) => seen.push(...lines.map(({ seq }) => seq)),
    onState: ({ state }) => state === 'failed' || state === 'stopped',
  })
  end.catch(() => {})
  return { abort, seen, end }
}

const appended = (server: string, ...seqs: number[]) => ({
  name: 'log.appended',
  payload: { server, lines: seqs.map(line) },
})
const turn = () => vi.advanceTimersByTimeAsync(0)

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('following a server', () => {
  test('shows what is there and what comes, nothing twice, nothing of others', async () => {
    const log = { lines: 3 }
    const door = hostWith(log)
    const { seen, abort, end } = follow(door, 0)
    await turn()
    door.tell(appended('demo', 1, 2, 3))
    door.tell(appended('another', 4))
    door.tell(appended('demo', 4))
    await turn()
    expect(seen).toEqual([1, 2, 3, 4])
    abort.abort()
    expect(await end).toBe('aborted')
  })

  test('fetches what it missed', async () => {
    const log = { lines: 1 }
    const door = hostWith(log)
    const { seen, abort } = follow(door)
    await turn()
    log.lines = 6
    door.tell(appended('demo', 5))
    await turn()
    expect(seen).toEqual([0, 1, 2, 3, 4, 5])
    abort.abort()
  })

  test('goes on by asking when the event stream is gone', async () => {
    const log = { lines: 1 }
    const state: { now: ServerState } = { now: 'running' }
    const door = hostWith(log, state)
    const { seen, end } = follow(door)
    await turn()
    door.dropEvents()
    await turn()
    log.lines = 2
    await vi.advanceTimersByTimeAsync(600)
    expect(seen).toEqual([0, 1])
    state.now = 'stopped'
    await vi.advanceTimersByTimeAsync(600)
    expect(await end).toBe('state')
  })

  test('ends with the state that was waited for, the last lines shown first', async () => {
    const log = { lines: 0 }
    const door = hostWith(log)
    const { seen, end } = follow(door)
    await turn()
    door.tell({ name: 'server.changed', payload: { server: serverIn('failed', 'another') } })
    log.lines = 2
    door.tell({ name: 'server.changed', payload: { server: serverIn('failed') } })
    expect(await end).toBe('state')
    expect(seen).toEqual([0, 1])
  })

  test('notices a state that was there before it listened', async () => {
    expect(await follow(hostWith({ lines: 0 }, { now: 'failed' })).end).toBe('state')
  })

  test('ends with the server, and with the host', async () => {
    const door = hostWith({ lines: 0 })
    const removed = follow(door)
    await turn()
    door.tell({ name: 'server.removed', payload: { name: 'demo' } })
    expect(await removed.end).toBe('removed')

    const dying = fakeDoor({ 'servers.logs': () => [], 'servers.get': () => serverIn('running') })
    const left = follow(dying)
    await turn()
    vi.spyOn(dying, 'ask').mockRejectedValue(new AppError('HOST_UNREACHABLE', 'gone'))
    dying.dropEvents()
    await vi.advanceTimersByTimeAsync(600)
    expect(await left.end).toBe('host gone')
  })
})
