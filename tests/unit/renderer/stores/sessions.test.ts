import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Session } from '../../../../contract/index.ts'
import { setBridge } from '../../../../renderer/stores/call.ts'
import {
  closeSession,
  forgetSessions,
  openSession,
  refreshSessions,
  useSessions,
  watchSessions,
} from '../../../../renderer/stores/sessions.ts'
import { fakeBridge, settled } from '../fake-bridge.ts'

let host: ReturnType<typeof fakeBridge>

beforeEach(() => {
  vi.useFakeTimers()
  host = fakeBridge('open')
  setBridge(host.bridge)
  useSessions.setState({ listed: {} })
})
afterEach(() => void vi.useRealTimers())

const session = (id: string) => ({ id, name: null }) as Session
const listed = () => useSessions.getState().listed['demo']

it('are asked for again and again while somebody watches, and once for two', async () => {
  const stops = [watchSessions('demo'), watchSessions('demo')]
  expect(host.asked).toHaveLength(1)
  await host.next('sessions.list').ok([session('s1-1')])
  expect(listed()?.sessions).toEqual([session('s1-1')])
  await vi.advanceTimersByTimeAsync(2000)
  await host.next('sessions.list').ok([])
  expect(listed()?.sessions).toEqual([])
  stops[0]?.()
  await vi.advanceTimersByTimeAsync(2000)
  await host.next('sessions.list').ok([])
  stops[1]?.()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(host.asked).toEqual([])
})

it('are kept where a look fails, which is told', async () => {
  void refreshSessions('demo')
  await host.next('sessions.list').ok([session('s1-1')])
  void refreshSessions('demo')
  await host.next('sessions.list').fail({ code: 'HOST_UNREACHABLE', message: 'away' })
  expect(listed()).toMatchObject({ sessions: [session('s1-1')], error: { code: 'HOST_UNREACHABLE' } })
  void refreshSessions('demo')
  await host.next('sessions.list').ok([])
  expect(listed()).not.toHaveProperty('error')
})

it('an answer that comes late says nothing about what is known by then', async () => {
  void refreshSessions('demo')
  const early = host.next('sessions.list')
  void refreshSessions('demo')
  await host.next('sessions.list').ok([])
  await early.ok([session('s1-1')])
  expect(listed()?.sessions).toEqual([])
  void refreshSessions('demo')
  forgetSessions('demo')
  await host.next('sessions.list').ok([session('s1-1')])
  expect(listed()).toBeUndefined()
})

it('an open and a close are seen at once', async () => {
  const opening = openSession('demo', { name: 'mine', ownProcess: true })
  const asked = host.next('sessions.open')
  expect(asked.params).toEqual({ server: 'demo', name: 'mine', ownProcess: true })
  await asked.ok(session('p1-1'))
  await host.next('sessions.list').ok([session('p1-1')])
  expect(await opening).toEqual(session('p1-1'))
  const closing = closeSession('demo', 'p1-1')
  const close = host.next('sessions.close')
  expect(close.params).toEqual({ server: 'demo', sessionId: 'p1-1' })
  await close.ok({ id: 'p1-1' })
  await settled()
  await host.next('sessions.list').ok([])
  await closing
  expect(listed()?.sessions).toEqual([])
})
