import { expect, it } from 'vitest'
import type { Runtime } from '../../../../contract/index.ts'
import { builtFor, planRepair } from '../../../../core/environments/repair-plan.ts'

function runtime(id: string, version: string, more: Partial<Runtime> = {}): Runtime {
  return {
    id,
    version,
    implementation: 'cpython',
    architecture: 'x86_64',
    executable: `/${id}/python`,
    source: 'managed',
    origin: 'managed',
    isDefault: false,
    state: 'ready',
    ...more,
  }
}

const built = { python: '3.11.7', implementation: 'cpython', freeThreaded: false }
const [same, patch, newer] = [runtime('same', '3.11.7'), runtime('patch', '3.11.9'), runtime('newer', '3.13.1')]

it.each([
  ['the recorded one, while it fits', same, newer, [newer, patch, same], 'same', true],
  ['the default one, where it fits', undefined, patch, [same, patch], 'patch', true],
  ['any other that fits', undefined, newer, [newer, patch], 'patch', true],
  ['one that fits before the recorded one that was upgraded', runtime('same', '3.12.0'), newer, [patch], 'patch', true],
  ['the recorded one in its new version', runtime('same', '3.12.0'), newer, [newer], 'same', false],
  ['the default one', undefined, newer, [newer], 'newer', false],
  ['never a broken one', { ...same, state: 'broken' as const }, newer, [same, newer], 'same', true],
])('%s', (_what, recorded, byDefault, runtimes, id, keepsPackages) => {
  expect(planRepair(built, recorded, byDefault, runtimes)).toMatchObject({ runtime: { id }, keepsPackages })
})

it('none at all, or none that works', () => {
  expect(planRepair(built, undefined, undefined, [newer])).toBeUndefined()
  expect(planRepair(built, { ...same, state: 'broken' }, undefined, [])).toBeUndefined()
})

it('another implementation, or a build without the lock, does not fit', () => {
  const others = [
    runtime('pypy', '3.11.7', { implementation: 'pypy' }),
    runtime('free', '3.11.7', { probe: { freeThreaded: true } as NonNullable<Runtime['probe']> }),
  ]
  expect(planRepair(built, undefined, newer, others)).toMatchObject({ runtime: newer, keepsPackages: false })
  expect(planRepair({ ...built, freeThreaded: true }, undefined, newer, others)?.runtime.id).toBe('free')
})

it('without packages there is nothing to keep', () => {
  expect(planRepair(undefined, same, newer, [])).toEqual({ runtime: same, keepsPackages: false })
})

it('reads from the folder of the packages what they were made for', () => {
  expect(builtFor('/e/a/lib/python3.13t/site-packages', '3.13.1')).toEqual({
    python: '3.13.1',
    implementation: 'cpython',
    freeThreaded: true,
  })
  expect(builtFor('/e/a/lib/pypy3.10/site-packages', '3.10.16').implementation).toBe('pypy')
  expect(builtFor('C:\\e\\a\\Lib\\site-packages', '3.12.1')).toMatchObject({
    implementation: 'cpython',
    freeThreaded: false,
  })
})
