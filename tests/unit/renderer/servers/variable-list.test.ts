import { expect, test } from 'vitest'
import type { ServerVariable } from '../../../../contract/index.ts'
import { variableLines, variablesFitting } from '../../../../renderer/features/servers/variable-list.ts'

const path: ServerVariable = { name: 'PATH', value: '/é/bin:/usr/bin', from: 'environment', isMasked: false }
const utf8: ServerVariable = { name: 'PYTHONUTF8', value: '1', from: 'host', isMasked: false }
const token: ServerVariable = { name: 'CUDA_TOKEN', value: '***', from: 'system', isMasked: true }
const all = [token, path, utf8]

test.each([
  ['', all],
  ['  ', all],
  ['python', [utf8]],
  ['USR', [path]],
  ['host', [utf8]],
  ['system cuda', [token]],
  ['utf8=1', [utf8]],
  ['nothing', []],
] as const)('%j finds by name, value and origin', (text, expected) => {
  expect(variablesFitting(all, text)).toEqual(expected)
})

test('what is copied is a line each, masked as it is shown', () => {
  expect(variableLines(all)).toBe('CUDA_TOKEN=***\nPATH=/é/bin:/usr/bin\nPYTHONUTF8=1')
})
