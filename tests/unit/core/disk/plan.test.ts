import { expect, it } from 'vitest'
import { isPrunable } from '../../../../core/disk/plan.ts'

const hour = 3_600_000

it.each([
  ['0123456789ab-cpython-3.12.14-20260814-x86_64-unknown-linux-gnu-install_only_stripped.tar.gz', true, false],
  ['cpython.tar.gz.part', true, true],
  ['cpython.tar.gz.part.json', true, true],
  ['interpreters.json', false, false],
  ['download-sizes.json', false, false],
])('%s: can go %s, and offline %s', (name, online, offline) => {
  expect(isPrunable({ name, idleMs: hour }, false)).toBe(online)
  expect(isPrunable({ name, idleMs: hour }, true)).toBe(offline)
  // Somebody may be at work with it.
  expect(isPrunable({ name, idleMs: 60_000 }, false)).toBe(false)
})
