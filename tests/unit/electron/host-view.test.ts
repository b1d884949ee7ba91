import { describe, expect, it } from 'vitest'
import type { AppEvent } from '../../../contract/index.ts'
import { applyEvent, liveServers, serversToStop } from '../../../electron/view/host-view.ts'
import { followHost } from '../../../electron/view/follow-host.ts'
import { newsIn } from '../../../electron/view/news.ts'
import { text } from '../../../electron/text.ts'
import { job, jobEvent, server, serverEvent, snapshot, view, waitingServer } from './servers.ts'

describe('what the native side knows of the host', () => {
  it('are the servers by name, each as it last was', () => {
    const start = view([server('b'), server('a')])
    expect(start.servers.map(({ name }) => name)).toEqual(['a', 'b'])
    const next = applyEvent(applyEvent(start, serverEvent(server('ab'))), serverEvent(server('b', 'running')))
    expect(next.servers.map(({ name, state }) => `${name} ${state}`)).toEqual(['a stopped', 'ab stopped', 'b running'])
    expect(liveServers(next).map(({ name }) => name)).toEqual(['b'])
    const gone = applyEvent(next, { revision: 9, name: 'server.removed', payload: { name: 'b' } })
    expect(gone.servers.map(({ name }) => name)).toEqual(['a', 'ab'])
  })

  it('tells those that have something to be stopped from those that would not come back', () => {
    const names = (servers: readonly { readonly name: string }[]) => servers.map(({ name }) => name)
    const of = view([
      server('ended', 'stopped'),
      server('fell', 'failed'),
      server('going', 'stopping'),
      server('rising', 'starting'),
      server('runs', 'running'),
      waitingServer('waits'),
    ])
    expect(names(liveServers(of))).toEqual(['going', 'rising', 'runs', 'waits'])
    expect(names(serversToStop(of))).toEqual(['going', 'rising', 'runs'])
  })

  it('says what an end waits for, which may be no server', () => {
    const { quitting } = text
    expect(quitting.message(serversToStop(view([server('a', 'running'), waitingServer('b')])).length)).toBe(
      'Stopping 1 server',
    )
    expect(quitting.message(serversToStop(view([waitingServer('b')])).length)).toBe('Ending what is still under way')
    expect(quitting.detail(0)).not.toContain('Each')
  })

  it('is the very same when an event shows nothing of it', () => {
    const start = view([server('a', 'running')])
    const passing: AppEvent = { revision: 1, name: 'log.appended', payload: { server: 'a', lines: [] } }
    expect(applyEvent(start, passing)).toBe(start)
    const running = applyEvent(start, jobEvent(job('1', 'running')))
    expect(applyEvent(running, jobEvent(job('1', 'running')))).toBe(running)
  })

  it('are the jobs that run', () => {
    const start = view([], [job('1', 'running'), job('2', 'succeeded')])
    expect(start.runningJobs).toEqual(['1'])
    const next = applyEvent(applyEvent(start, jobEvent(job('3', 'running'))), jobEvent(job('1', 'succeeded')))
    expect(next.runningJobs).toEqual(['3'])
  })

  it('are recent failures, the newest first, each once, until it goes well', () => {
    let now = view([server('old', 'failed'), server('a', 'running')])
    expect(now.failures.map(({ title }) => title)).toEqual(['old'])
    now = applyEvent(now, serverEvent(server('a', 'failed')))
    now = applyEvent(now, jobEvent(job('1', 'failed')))
    now = applyEvent(now, jobEvent(job('2', 'failed')))
    now = applyEvent(now, serverEvent(server('a', 'failed', { error: { code: 'TIMEOUT', message: 'again' } })))
    expect(now.failures.map(({ title, message }) => `${title}: ${message}`)).toEqual([
      'a: again',
      'environment demo: no road there',
      'old: old is down\nfor good',
    ])
    now = applyEvent(now, jobEvent(job('3', 'succeeded')))
    now = applyEvent(now, serverEvent(server('old', 'running')))
    expect(now.failures.map(({ title }) => title)).toEqual(['a'])
    // A server tells of itself; its jobs need not.
    expect(applyEvent(now, jobEvent(job('4', 'failed', { command: 'servers.start' }))).failures).toEqual(now.failures)
    for (let index = 0; index < 9; index += 1)
      now = applyEvent(now, jobEvent(job(String(index), 'failed', { subject: `environment ${index}` })))
    expect(now.failures).toHaveLength(5)
  })

  it('knows the settings, and when the end has begun', () => {
    const start = view([])
    const settings = { ...start.settings, theme: 'dark' as const }
    const next = applyEvent(start, { revision: 2, name: 'settings.changed', payload: { settings } })
    expect(next.settings.theme).toBe('dark')
    expect(applyEvent(next, { revision: 3, name: 'host.closing', payload: {} }).isClosing).toBe(true)
  })
})

it('nothing that happens while the snapshot is taken gets lost, or is taken twice', async () => {
  let tell: (event: AppEvent) => void = () => {}
  const followed = await followHost({
    events: { subscribe: (listener: typeof tell) => ((tell = listener), () => {}) } as never,
    dispatch: (async () => {
      // Older than the snapshot, and newer.
      tell(serverEvent(server('a', 'failed'), 5))
      tell(serverEvent(server('b', 'running'), 7))
      return { ok: snapshot([server('a', 'running'), server('b')], [], 6) }
    }) as never,
  })
  expect(followed.view().servers.map(({ name, state }) => `${name} ${state}`)).toEqual(['a running', 'b running'])
  const seen: number[] = []
  followed.onChange(({ servers }) => seen.push(servers.length))
  tell(serverEvent(server('c'), 8))
  tell({ revision: 8, name: 'log.appended', payload: { server: 'c', lines: [] } })
  expect(seen).toEqual([3])
})

describe('news', () => {
  const never = () => false

  it('is a server that has just failed', () => {
    const event = serverEvent(server('demo', 'failed'))
    expect(newsIn(event, never)).toEqual({
      title: 'demo failed',
      body: 'demo is down\nfor good',
      place: { screen: 'servers', item: 'demo' },
    })
    expect(newsIn(event, (name) => name === 'demo')).toBeUndefined()
    expect(newsIn(serverEvent(server('demo', 'running')), never)).toBeUndefined()
  })

  it('is no server that comes back by itself', () => {
    expect(newsIn(serverEvent(waitingServer('demo')), never)).toBeUndefined()
  })

  it('is a job that failed, or that took long', () => {
    expect(newsIn(jobEvent(job('1', 'failed')), never)).toMatchObject({ title: 'environment demo: failed' })
    expect(newsIn(jobEvent(job('1', 'succeeded')), never)).toBeUndefined()
    const long = job('1', 'succeeded', { endedAt: '2026-01-01T00:01:00.000Z' })
    expect(newsIn(jobEvent(long), never)).toMatchObject({ title: 'environment demo: done', body: 'Ready' })
    expect(newsIn(jobEvent(job('1', 'cancelled')), never)).toBeUndefined()
    expect(newsIn(jobEvent(job('1', 'failed', { command: 'servers.start' })), never)).toBeUndefined()
  })
})
