import { expect, test } from 'vitest'
import { countByGroup, found } from '../../../../renderer/features/servers/server-filter.ts'
import { serverNamed } from '../../servers.ts'

const endpoint = { transport: 'http', url: 'http://127.0.0.1:5999', token: 'sesame' } as const
const servers = [
  serverNamed('alpha', { state: 'running', endpoint }),
  serverNamed('beta', { state: 'starting', environment: 'Numbers' }),
  serverNamed('gamma', { transport: 'pipe' }),
  serverNamed('delta', { state: 'failed' }),
]
const names = (...wanted: Parameters<typeof found> extends [unknown, ...infer Rest] ? Rest : never) =>
  found(servers, ...wanted).map(({ name }) => name)

test('by state: what is on its way counts as running', () => {
  expect(countByGroup(servers)).toEqual({ all: 4, running: 2, stopped: 1, failed: 1 })
  expect(names('running', '')).toEqual(['alpha', 'beta'])
  expect(names('failed', '')).toEqual(['delta'])
})

test('by every word, in the name, the environment, the transport and the address', () => {
  expect(names('all', 'ALPH')).toEqual(['alpha'])
  expect(names('all', 'numbers')).toEqual(['beta'])
  expect(names('all', 'pipe')).toEqual(['gamma'])
  expect(names('all', ' 5999 http ')).toEqual(['alpha'])
  expect(names('stopped', 'alpha')).toEqual([])
})

test('a token is nothing to search by', () => {
  expect(names('all', 'sesame')).toEqual([])
})
