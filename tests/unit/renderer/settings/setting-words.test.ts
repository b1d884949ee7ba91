import { expect, test } from 'vitest'
import { leavesPasswords, valueText } from '../../../../renderer/features/settings/setting-words.ts'

test.each([
  ['defaultRuntime', null, 'Automatic'],
  ['installer', 'auto', 'Automatic'],
  ['gpuBackend', 'auto', 'Automatic'],
  ['gpuBackend', 'cpu', 'No GPU'],
  ['proxy', 'manual', 'My own'],
  ['theme', 'system', 'As the system'],
  ['closeBehaviour', 'hide', 'Go on in the tray'],
  ['startAtLogin', true, 'On'],
  ['offline', false, 'Off'],
  ['snapshotsKept', 3, '3'],
  ['packageIndex', null, 'None'],
  ['extraCa', [], 'None'],
  ['noProxy', ['a.example', 'b.example'], 'a.example, b.example'],
  ['serverLogBytes', 5_000_000, '5.0 MB'],
] as const)('%s: %j is shown as on its row', (key, value, text) => {
  expect(valueText(key, value, [])).toBe(text)
})

test('a Python that is known is told by its version, another by its id', () => {
  const runtimes = [{ id: 'managed-1', version: '3.12.4', origin: 'managed' }] as const
  expect(valueText('defaultRuntime', 'managed-1', runtimes)).toContain('3.12.4')
  expect(valueText('defaultRuntime', 'managed-2', runtimes)).toBe('managed-2')
})

test('passwords can only be lost with an address that was there', () => {
  expect(leavesPasswords([{ key: 'proxyUrl', from: 'http://proxy:1', to: null }])).toBe(true)
  expect(leavesPasswords([{ key: 'proxyUrl', from: null, to: 'http://proxy:1' }])).toBe(false)
  expect(leavesPasswords([{ key: 'theme', from: 'dark', to: 'light' }])).toBe(false)
})
