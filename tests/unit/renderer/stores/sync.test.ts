import { describe, expect, it } from 'vitest'
import type { AppEvent, ErrorInfo, Snapshot } from '../../../../contract/index.ts'
import { startSync } from '../../../../renderer/stores/sync.ts'
import { fakeBridge, logAppended, serverChanged, settled, snapshot } from '../fake-bridge.ts'

function synced() {
  const fake = fakeBridge()
  const applied: string[] = []
  const timers: (() => void)[] = []
  const stop = startSync({
    bridge: fake.bridge,
    applySnapshot: ({ revision }: Snapshot) => applied.push(`snapshot ${revision}`),
    applyEvent: ({ revision, name }: AppEvent) => applied.push(`${name} ${revision}`),
    onLink: (link, error?: ErrorInfo) => applied.push(error ? `${link}: ${error.code}` : link),
    later: (run) => timers.push(run),
  })
  return { ...fake, applied, timers, stop }
}

/** Connected, with the snapshot of revision 5 on screen. */
async function live() {
  const all = synced()
  all.become('open')
  await all.next('host.snapshot').ok(snapshot(5))
  all.applied.length = 0
  return all
}

describe('the way of the host into the stores', () => {
  it('listens before it asks, so that nothing falls between', async () => {
    const { applied, become, emit, next } = synced()
    become('open')
    emit(serverChanged(4, 'old'), serverChanged(5, 'in the snapshot'), serverChanged(6, 'new'))
    expect(applied).toEqual(['connecting', 'loading'])
    await next('host.snapshot').ok(snapshot(5))
    expect(applied).toEqual(['connecting', 'loading', 'snapshot 5', 'live', 'server.changed 6'])
  })

  it('applies what follows in order, and drops what it knows', async () => {
    const { applied, emit } = await live()
    emit(serverChanged(6, 'a'), serverChanged(6, 'a'), serverChanged(5, 'a'))
    emit(serverChanged(7, 'a'))
    expect(applied).toEqual(['server.changed 6', 'server.changed 7'])
  })

  it('takes the snapshot anew after a gap, and goes on behind it', async () => {
    const { applied, emit, next } = await live()
    emit(serverChanged(6, 'a'), serverChanged(8, 'a'), serverChanged(9, 'a'))
    expect(applied).toEqual(['server.changed 6'])
    emit(serverChanged(10, 'a'))
    await next('host.snapshot').ok(snapshot(8))
    expect(applied.slice(1)).toEqual(['snapshot 8', 'live', 'server.changed 9', 'server.changed 10'])
  })

  it('is not misled by events out of order', async () => {
    const { applied, emit, next } = await live()
    emit(serverChanged(7, 'later'))
    emit(serverChanged(6, 'earlier'))
    await next('host.snapshot').ok(snapshot(7))
    emit(serverChanged(8, 'a'))
    expect(applied).toEqual(['snapshot 7', 'live', 'server.changed 8'])
  })

  it('asks again, with a pause, when events have outrun the snapshot', async () => {
    const { applied, asked, emit, next, timers } = await live()
    emit(serverChanged(9, 'a'))
    await next('host.snapshot').ok(snapshot(7))
    expect(applied).toEqual(['snapshot 7', 'live'])
    expect(asked).toEqual([])
    timers.shift()?.()
    await next('host.snapshot').ok(snapshot(9))
    emit(serverChanged(10, 'a'))
    expect(applied.slice(2)).toEqual(['snapshot 9', 'live', 'server.changed 10'])
  })

  it('lets log lines through without counting them, and takes one from the future for a gap', async () => {
    const { applied, asked, emit } = await live()
    emit(logAppended(5, 'a', 1), logAppended(4, 'a', 2), serverChanged(6, 'a'), logAppended(6, 'a', 3))
    expect(applied).toEqual(['log.appended 5', 'log.appended 4', 'server.changed 6', 'log.appended 6'])
    emit(logAppended(7, 'a', 4))
    expect(asked.map(({ name }) => name)).toEqual(['host.snapshot'])
  })

  it('takes the snapshot anew after a reconnect, though the host may count from the start', async () => {
    const { applied, become, emit, next } = await live()
    become('lost')
    emit(serverChanged(6, 'from the old connection'))
    become('open')
    await next('host.snapshot').ok(snapshot(1))
    emit(serverChanged(2, 'a'))
    expect(applied).toEqual(['lost', 'loading', 'snapshot 1', 'live', 'server.changed 2'])
  })

  it('does not look at a snapshot that an older connection asked for', async () => {
    const { applied, become, next } = synced()
    become('open')
    const stale = next('host.snapshot')
    become('lost')
    become('open')
    await next('host.snapshot').ok(snapshot(3))
    await stale.ok(snapshot(99))
    expect(applied).toEqual(['connecting', 'loading', 'lost', 'loading', 'snapshot 3', 'live'])
  })

  it('says when the host cannot tell its state, and tries again', async () => {
    const { applied, become, emit, next, timers } = synced()
    become('open')
    await next('host.snapshot').fail({ code: 'INTERNAL', message: 'a fault' })
    expect(applied.at(-1)).toBe('failed: INTERNAL')
    emit(serverChanged(4, 'a'))
    timers.shift()?.()
    await next('host.snapshot').ok(snapshot(4))
    expect(applied.slice(-2)).toEqual(['snapshot 4', 'live'])
  })

  it('does nothing more once it is stopped', async () => {
    const { applied, emit, listeners, stop } = await live()
    stop()
    emit(serverChanged(6, 'a'))
    await settled()
    expect(listeners()).toBe(0)
    expect(applied).toEqual([])
  })
})
