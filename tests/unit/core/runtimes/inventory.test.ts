import { expect, it } from 'vitest'
import type { Runtime } from '../../../../contract/index.ts'
import { best, chooseDefault, findById } from '../../../../core/runtimes/inventory.ts'

function runtime(
  id: string,
  version: string,
  more: Partial<Runtime> & { odd?: Partial<Runtime['probe'] & object> } = {},
): Runtime {
  const { odd, ...rest } = more
  const probe = {
    version,
    implementation: 'cpython',
    executable: '/x',
    prefix: '/',
    basePrefix: '/',
    platform: 'linux-x86_64',
    machine: 'x86_64',
    bits: 64,
    soabi: null,
    hasVenv: true,
    hasPip: true,
    hasSsl: true,
    externallyManaged: false,
    freeThreaded: false,
    ...odd,
  }
  const source = id.startsWith('cpython') ? 'managed' : 'system'
  const facts = {
    implementation: 'cpython',
    architecture: 'x86_64',
    executable: '/x',
    isDefault: false,
    state: 'ready',
  } as const
  return { ...facts, id, version, source, origin: source === 'managed' ? 'managed' : 'path', probe, ...rest }
}

const managed = [runtime('cpython-3.9.13', '3.9.13'), runtime('cpython-3.12.3', '3.12.3')]
const system = [runtime('system-3.13.0-aaaaaaaa', '3.13.0'), runtime('system-3.11.2-bbbbbbbb', '3.11.2')]

it('takes the chosen one while it is usable', () => {
  expect(chooseDefault([...managed, ...system], 'system-3.11.2-bbbbbbbb')?.id).toBe('system-3.11.2-bbbbbbbb')
  expect(chooseDefault([...managed, ...system], 'system-3.11.9-bbbbbbbb')?.id).toBe('system-3.11.2-bbbbbbbb')
  const broken = { ...managed[0]!, state: 'broken' } as const
  expect(chooseDefault([broken, ...system], broken.id)?.id).toBe('system-3.13.0-aaaaaaaa')
  expect(chooseDefault(system, 'gone')?.id).toBe('system-3.13.0-aaaaaaaa')
})

it('takes the newest managed one, then the newest discovered one, then none', () => {
  expect(chooseDefault([...system, ...managed], null)?.id).toBe('cpython-3.12.3')
  expect(chooseDefault(system, null)?.id).toBe('system-3.13.0-aaaaaaaa')
  expect(chooseDefault([], null)).toBeUndefined()
  expect(chooseDefault([{ ...system[0]!, state: 'broken' }], null)).toBeUndefined()
})

it('prefers a plain release to an unusual build', () => {
  const plain = runtime('system-3.11.2-bbbbbbbb', '3.11.2')
  for (const odd of [
    runtime('system-3.15.0rc1-cccccccc', '3.15.0rc1'),
    runtime('system-3.13.0-dddddddd', '3.13.0', { odd: { freeThreaded: true } }),
    runtime('system-3.13.0-eeeeeeee', '3.13.0', { odd: { hasVenv: false } }),
    runtime('system-3.13.0-ffffffff', '3.13.0', { odd: { hasSsl: false } }),
    runtime('system-3.13.0-99999999', '3.13.0', { odd: { bits: 32 } }),
  ]) {
    expect(best([odd, plain])?.id, odd.id).toBe(plain.id)
    expect(best([odd])?.id).toBe(odd.id)
  }
})

it('finds by id, and a system Python also after its upgrade', () => {
  expect(findById(system, 'system-3.11.2-bbbbbbbb')?.version).toBe('3.11.2')
  expect(findById(system, 'system-3.10.1-bbbbbbbb')?.version).toBe('3.11.2')
  expect(findById(system, 'system-3.11.2-00000000')).toBeUndefined()
  expect(findById(managed, 'cpython-3.12')).toBeUndefined()
})
