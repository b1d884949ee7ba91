import { expect, test } from 'vitest'
import type { Job } from '../../../../contract/index.ts'
import { lastLinesOf } from '../../../../renderer/features/servers/last-lines.ts'
import { portConflictOf } from '../../../../renderer/features/servers/port-conflict.ts'
import {
  canUseAnotherPort,
  endpointFileOf,
  isChangedSince,
  msUntilStart,
  shownState,
  startJobOf,
  uptimeMs,
} from '../../../../renderer/features/servers/server-facts.ts'
import { serverNamed } from '../../servers.ts'

const job: Job = {
  id: '1',
  command: 'servers.start',
  subject: 'server démo',
  state: 'running',
  progress: { fraction: null, title: 'Starting' },
  startedAt: '2026-01-01T00:00:00.000Z',
}

test('the start under way is the running job about this server', () => {
  expect(startJobOf([job], 'démo')).toBe(job)
  expect(startJobOf([{ ...job, command: 'servers.restart' }], 'démo')?.id).toBe('1')
  expect(startJobOf([{ ...job, state: 'failed' }], 'démo')).toBeUndefined()
  expect(startJobOf([{ ...job, command: 'servers.stop' }], 'démo')).toBeUndefined()
  expect(startJobOf([job], 'dém')).toBeUndefined()
})

test('a server is up while it runs, and a clock that goes back counts nothing', () => {
  const startedAt = '2026-01-01T00:00:00.000Z'
  const now = Date.parse(startedAt) + 5000
  expect(uptimeMs(serverNamed('a', { state: 'running', startedAt }), now)).toBe(5000)
  expect(uptimeMs(serverNamed('a', { state: 'running', startedAt }), now - 10_000)).toBe(0)
  // A failed one keeps its start.
  expect(uptimeMs(serverNamed('a', { state: 'failed', startedAt }), now)).toBeUndefined()
})

test('a server that is to come back is shown as such, and as failed once it was given up', () => {
  const restarts = { attempt: 2, most: 5, nextAt: '2026-01-01T00:00:04.000Z', gaveUp: false }
  expect(shownState(serverNamed('a', { state: 'failed', restarts }))).toBe('waiting')
  expect(shownState(serverNamed('a', { state: 'failed', restarts: { ...restarts, nextAt: null } }))).toBe('failed')
  expect(shownState(serverNamed('a', { state: 'starting', restarts }))).toBe('starting')
})

test('its next start is counted down in whole seconds, and never below none', () => {
  const nextAt = '2026-01-01T00:00:04.000Z'
  const at = Date.parse(nextAt)
  expect([4000, 3100, 1000, 1, 0, -5000].map((ms) => msUntilStart({ nextAt }, at - ms))).toEqual([
    4000, 4000, 1000, 1000, 0, 0,
  ])
  expect(msUntilStart({ nextAt: null }, at)).toBe(0)
})

test('a taken port is told with its number, and offers another one', () => {
  const error = {
    code: 'PORT_IN_USE',
    message: 'Port 5678 is in use by nginx (process 12)',
    details: { port: 5678, holders: [{ pid: 12, program: 'nginx' }], argv: ['python'] },
  } as const
  expect(portConflictOf(error)).toEqual({ port: 5678, holders: [{ pid: 12, program: 'nginx' }] })
  expect(portConflictOf({ ...error, details: { port: 5678 } })?.holders).toEqual([])
  expect(portConflictOf({ ...error, details: {} })).toBeUndefined()
  expect(portConflictOf({ ...error, code: 'SERVER_FAILED' })).toBeUndefined()
  expect(canUseAnotherPort({ transport: 'http', error })).toBe(true)
  expect(canUseAnotherPort({ transport: 'http', error: { ...error, code: 'TIMEOUT' } })).toBe(false)
})

test('the endpoint file is named as its system does', () => {
  expect(endpointFileOf('/home/zoë/.beep-python', 'my server')).toBe('/home/zoë/.beep-python/endpoints/my server.json')
  expect(endpointFileOf(String.raw`C:\Users\Zoë\.beep-python`, 'demo')).toBe(
    String.raw`C:\Users\Zoë\.beep-python\endpoints\demo.json`,
  )
})

test('a description that was changed since the start is told where it can be seen', () => {
  const endpoint = { transport: 'http', url: 'http://127.0.0.1:5678', token: 'x' } as const
  const server = serverNamed('a', { state: 'running', endpoint })
  const saved = (more: Partial<typeof server.spec>) => ({ ...server, spec: { ...server.spec, ...more } })
  expect(isChangedSince(server)).toBe(false)
  expect(isChangedSince(saved({ port: 5678 }))).toBe(false)
  expect(isChangedSince(saved({ port: 0 }))).toBe(false)
  expect(isChangedSince(saved({ port: 6000 }))).toBe(true)
  expect(isChangedSince(saved({ auth: 'none' }))).toBe(true)
  expect(isChangedSince(saved({ environment: 'other' }))).toBe(true)
  expect(isChangedSince(saved({ transport: 'pipe' }))).toBe(true)
  expect(isChangedSince({ ...saved({ environment: 'other' }), state: 'stopped' })).toBe(false)
})

test('what a process said last: newest lines, without colours and empty ones', () => {
  const said = ['\u001B[31mred\u001B[0m', '', ...Array.from({ length: 8 }, (_, at) => `line ${at}`)]
  const failed = (details: object) => lastLinesOf({ code: 'SERVER_FAILED', message: 'x', details: { ...details } })
  expect(failed({ lastLines: said.slice(0, 3) })).toEqual(['red', 'line 0'])
  expect(failed({ lastLines: said })).toHaveLength(8)
  expect(failed({ lastLines: 'no list' })).toEqual([])
  // A single one that stands in the message need not stand below it, too.
  const message = 'it ended with exit code 7: no licence'
  const ended = (...lastLines: readonly string[]) =>
    lastLinesOf({ code: 'SERVER_FAILED', message, details: { lastLines } })
  expect(ended('no licence')).toEqual([])
  expect(ended('see you', 'no licence')).toEqual(['see you', 'no licence'])
})
