import { expect, test } from 'vitest'
import { readReadyLine } from '../../../../core/servers/ready-line.ts'

const pool = { ready: true, protocol: 1, role: 'pool', path: '/a b', pid: 7, worker: { pid: 8, python: '3.12.1' } }
const http = { ready: true, protocol: 1, role: 'http', url: 'http://127.0.0.1:5678', port: 5678, pid: 7 }
const rpc = { ready: true, protocol: 1, role: 'rpc', address: '127.0.0.1:50051', port: 50_051, pid: 7 }

test('a ready line is read, whatever else it says', () => {
  expect(readReadyLine('pool', JSON.stringify({ ...pool, later: 1 }))).toEqual({ kind: 'ready', facts: pool })
  expect(readReadyLine('http', `  ${JSON.stringify(http)}`)).toEqual({ kind: 'ready', facts: http })
  expect(readReadyLine('rpc', JSON.stringify(rpc))).toEqual({ kind: 'ready', facts: rpc })
})

test('a refusal is read for every role', () => {
  const refusal = { ready: false, code: 'PORT_IN_USE', message: 'port 5678 is in use', details: { port: 5678 } }
  expect(readReadyLine('pool', JSON.stringify(refusal))).toEqual({ kind: 'refused', refusal })
})

test.each([
  ['the wrong role', { ...pool, role: 'http' }, /role/],
  ['another protocol', { ...pool, protocol: 2 }, /protocol/],
  ['no pid', { ...pool, pid: undefined }, /pid/],
  ['no worker', { ...pool, worker: null }, /worker/],
])('%s is not taken for ready', (_what, line, problem) => {
  expect(readReadyLine('pool', JSON.stringify(line))).toEqual({
    kind: 'invalid',
    problem: expect.stringMatching(problem) as string,
  })
})

test.each(['', 'hello', '{', '[1]', '"ready"', '{"progress": 1}', 'null'])('%j is output', (line) => {
  expect(readReadyLine('pool', line)).toEqual({ kind: 'output' })
})
