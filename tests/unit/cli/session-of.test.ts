import { expect, test } from 'vitest'
import { parseVariables } from '../../../cli/commands/sessions/open.ts'
import { sessionOf } from '../../../cli/session-of.ts'
import { sessionsTable } from '../../../cli/tables/sessions.ts'
import type { Session } from '../../../contract/index.ts'

const session = (id: string, name: string | null, more: Partial<Session> = {}): Session => ({
  id,
  name,
  ownProcess: false,
  createdAt: '2026-01-01T00:00:00.000Z',
  workingFolder: null,
  leaseSeconds: 900,
  idleSeconds: 0,
  requests: 0,
  handles: 0,
  handleLimit: 100_000,
  timeoutSeconds: null,
  memoryLimitBytes: null,
  pid: null,
  ...more,
})
const all = [session('s1-1', 'demo'), session('s1-2', 'twice'), session('s1-3', 'twice'), session('s1-4', 's1-1')]

test('a session is named by its id, or by a name that is its own', () => {
  expect(sessionOf(all, 's1-1', 'pipe').id).toBe('s1-1')
  expect(sessionOf(all, 'demo', 'pipe').id).toBe('s1-1')
  expect(() => sessionOf(all, 'twice', 'pipe')).toThrow(
    expect.objectContaining({ code: 'INVALID_PARAMS', hint: 'Say it by its id: s1-2, s1-3.' }),
  )
  expect(() => sessionOf(all, 'nobody', 'pipe')).toThrow(expect.objectContaining({ code: 'SESSION_NOT_FOUND' }))
})

test('variables are set, or taken out', () => {
  expect(parseVariables(['A=1', 'B=x=y', 'C=', 'D'])).toEqual({ A: '1', B: 'x=y', C: '', D: null })
  expect(() => parseVariables(['=1'])).toThrow(expect.objectContaining({ code: 'INVALID_PARAMS' }))
})

test('the list tells age, idleness, and whose process it is', () => {
  const now = Date.parse('2026-01-01T01:02:03.000Z')
  const own = session('p9-1', null, { pid: 7, requests: 1, handles: 3, idleSeconds: 75 })
  expect(sessionsTable([session('s1-1', 'démo'), own], now)).toMatchInlineSnapshot(`
    "ID    NAME        AGE        IDLE  REQUESTS  HANDLES  PROCESS
    s1-1  démo  1 h 2 min         0 s         0        0  shared
    p9-1  -     1 h 2 min  1 min 15 s         1        3  own, pid 7"
  `)
})
