import { expect, it } from 'vitest'
import type { InstallerReport } from '../../../../contract/index.ts'
import { inEffectSentence, offersUv } from '../../../../renderer/features/settings/installer-text.ts'

const pip = { tool: 'pip', version: '24.2', path: '/py', python: '3.13.0' } as const
const uv = { tool: 'uv', version: '0.9.2', path: '/uv', origin: 'path' } as const
const own = { version: '0.9.2', path: '/r/uv', bytes: 1, gotAt: '2026-01-01T00:00:00.000Z' }
const report = (change: Partial<InstallerReport>): InstallerReport => ({
  setting: 'auto',
  inEffect: pip,
  own: null,
  unusable: [],
  oldestUv: '0.4.23',
  ...change,
})

it.each([
  [{}, 'pip 24.2 of Python 3.13.0 is used'],
  [{ inEffect: { ...pip, version: null } }, 'pip is used, and put into each environment: Python 3.13.0 has none'],
  [{ inEffect: uv }, 'uv 0.9.2 is used, found on PATH'],
  [{ inEffect: { ...uv, origin: 'own' as const } }, 'uv 0.9.2 is used'],
  [{ inEffect: null }, 'There is no Python yet; it brings one'],
  [{ inEffect: null, setting: 'uv' as const }, 'uv is chosen, and none can be used'],
])('says of %o what installs packages', (change, sentence) => {
  expect(inEffectSentence(report(change))).toBe(sentence)
})

it('offers uv where there is none or one of ours, and not where pip is chosen or the machine has its own', () => {
  expect(offersUv(report({}))).toBe(true)
  expect(offersUv(report({ inEffect: null, setting: 'uv' }))).toBe(true)
  expect(offersUv(report({ inEffect: { ...uv, origin: 'own' }, own }))).toBe(true)
  expect(offersUv(report({ inEffect: uv }))).toBe(false)
  expect(offersUv(report({ inEffect: uv, own }))).toBe(false)
  expect(offersUv(report({ setting: 'pip' }))).toBe(false)
})
