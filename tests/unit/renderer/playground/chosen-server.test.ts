import { expect, test } from 'vitest'
import { choices, chosenServer } from '../../../../renderer/features/playground/chosen-server.ts'
import { serverNamed } from '../../servers.ts'

const servers = [serverNamed('a'), serverNamed('b', { state: 'running' }), serverNamed('c', { state: 'failed' })]

test('the chosen one stays chosen while it does not run: another one could be the wrong one', () => {
  expect(chosenServer(servers, 'c')?.name).toBe('c')
})

test('without a choice, or when it is gone, the first that runs, else the first', () => {
  expect(chosenServer(servers, undefined)?.name).toBe('b')
  expect(chosenServer(servers, 'gone')?.name).toBe('b')
  expect(chosenServer([serverNamed('a')], undefined)?.name).toBe('a')
  expect(chosenServer([], 'a')).toBeUndefined()
})

test('those that run can be told from the others', () => {
  expect(choices(servers)).toEqual({ running: ['b'], others: ['a', 'c'] })
})
