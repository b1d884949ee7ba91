import { describe, expect, it } from 'vitest'
import { settingsSchema } from '../../../../contract/index.ts'
import type { AppEvent } from '../../../../contract/index.ts'
import { createEventHub } from '../../../../core/events/index.ts'

const settings = settingsSchema.parse({})
const line = { seq: 0, at: '', source: 'pool', stream: 'stdout', text: 'x' } as const

describe('an audience', () => {
  it('is there while a door listens, and nobody else counts', () => {
    const hub = createEventHub()
    const inside = hub.subscribe(() => {}, 'core')
    expect(hub.isHeard()).toBe(false)
    const door = hub.subscribe(() => {})
    expect(hub.isHeard()).toBe(true)
    door()
    expect(hub.isHeard()).toBe(false)
    inside()
  })
})

describe('the event hub', () => {
  it('numbers facts, and tells them in order to everybody', () => {
    const hub = createEventHub()
    const heard: string[] = []
    hub.subscribe((event) => heard.push(`a ${event.revision} ${event.name}`))
    hub.subscribe((event) => heard.push(`b ${event.revision} ${event.name}`))
    hub.emit('settings.changed', { settings })
    hub.emit('server.removed', { name: 'x' })
    expect(heard).toEqual(['a 1 settings.changed', 'b 1 settings.changed', 'a 2 server.removed', 'b 2 server.removed'])
    expect(hub.revision()).toBe(2)
  })

  it('tells log lines without a new revision, and does not keep them', () => {
    const hub = createEventHub()
    const heard: number[] = []
    hub.subscribe((event) => heard.push(event.revision))
    hub.emit('server.removed', { name: 'x' })
    hub.emit('log.appended', { server: 'x', lines: [line] })
    expect(heard).toEqual([1, 1])
    expect(hub.since(0)?.map((event) => event.name)).toEqual(['server.removed'])
  })

  it('lets a door catch up from where it was', () => {
    const hub = createEventHub()
    expect(hub.since(0)).toEqual([])
    for (const name of ['a', 'b', 'c']) hub.emit('server.removed', { name })
    expect(hub.since(3)).toEqual([])
    expect(hub.since(1)).toEqual([
      { revision: 2, name: 'server.removed', payload: { name: 'b' } },
      { revision: 3, name: 'server.removed', payload: { name: 'c' } },
    ])
  })

  it.each([4, -1, 1.5, Number.NaN])('knows nothing of revision %d', (revision) => {
    const hub = createEventHub()
    for (const name of ['a', 'b', 'c']) hub.emit('server.removed', { name })
    expect(hub.since(revision)).toBeUndefined()
  })

  it('sends a door that was away for too long to the snapshot', () => {
    const hub = createEventHub()
    for (let index = 0; index < 1001; index += 1) hub.emit('server.removed', { name: String(index) })
    expect(hub.since(0)).toBeUndefined()
    expect(hub.since(1)).toHaveLength(1000)
  })

  it('stops telling whoever has left, even in the middle of an event', () => {
    const hub = createEventHub()
    const heard: string[] = []
    const leaveFirst = hub.subscribe(() => {
      heard.push('first')
      leaveFirst()
      leaveSecond()
    })
    const leaveSecond = hub.subscribe(() => heard.push('second'))
    hub.emit('host.closing', {})
    hub.emit('host.closing', {})
    expect(heard).toEqual(['first'])
  })

  it('keeps two subscriptions of one function apart', () => {
    const hub = createEventHub()
    let heard = 0
    const listener = () => {
      heard += 1
    }
    const leave = hub.subscribe(listener)
    hub.subscribe(listener)
    leave()
    hub.emit('host.closing', {})
    expect(heard).toBe(1)
  })

  it('keeps the order where a listener emits', () => {
    const hub = createEventHub()
    const heard: number[] = []
    hub.subscribe((event) => {
      if (event.revision === 1) hub.emit('server.removed', { name: 'second' })
    })
    hub.subscribe((event) => heard.push(event.revision))
    hub.emit('server.removed', { name: 'first' })
    expect(heard).toEqual([1, 2])
  })

  it('survives a broken listener, and reports it', () => {
    const bugs: unknown[] = []
    const hub = createEventHub({ onBug: (thrown) => bugs.push(thrown) })
    const heard: AppEvent[] = []
    const broken = new Error('broken door')
    hub.subscribe(() => {
      throw broken
    })
    hub.subscribe((event) => heard.push(event))
    hub.emit('host.closing', {})
    hub.emit('host.closing', {})
    expect(heard).toHaveLength(2)
    expect(bugs).toEqual([broken, broken])
  })
})
