import { expect, it } from 'vitest'
import type { Distribution } from '../../../../../core/environments/metadata/distributions.ts'
import { packageGraph } from '../../../../../core/environments/metadata/graph.ts'
import { markerEnvironment } from '../../../../../core/environments/metadata/marker.ts'
import { parseRequirement } from '../../../../../core/environments/metadata/requirement.ts'
import {
  constraintsBeside,
  planAll,
  planNamed,
  recordedAfter,
} from '../../../../../core/environments/packages/upgrade-plan.ts'
import type { UpgradeFacts } from '../../../../../core/environments/packages/upgrade-plan.ts'

const marker = markerEnvironment('3.11.7', 'cpython', { platform: 'linux', arch: 'x64' })

/** `name version` to what it requires. */
function facts(packages: Readonly<Record<string, readonly string[]>>, recorded: readonly string[] = []): UpgradeFacts {
  const distributions: Distribution[] = Object.entries(packages).map(([text, requires]) => {
    const [name = '', version = '', direct] = text.split(' ')
    const key = name.toLowerCase().replaceAll('_', '-')
    const parsed = requires.flatMap((one) => parseRequirement(one) ?? [])
    return { name, version, key, requires: parsed, isDirect: direct === 'direct' }
  })
  return { environment: 'é', graph: packageGraph(distributions, recorded, marker), recorded, marker }
}

const usual = facts(
  {
    'shared 1.0': [],
    'Old_School 1.0': ['shared<2', 'absent>=3', 'tomli<2; python_version < "3.11"', 'shared>=2.*'],
    'free 1.0': ['shared'],
    'mine 0.1 direct': ['free<9'],
  },
  ['old-school', 'free[fast]>=1', 'numpy<2; sys_platform == "win32"'],
)

it('named ones are asked for with their extras, beside what keeps the others at work', () => {
  expect(planNamed(usual, ['shared', 'free'])).toEqual({
    requirements: ['shared', 'free[fast]'],
    constraints: ['absent>=3', 'free<9', 'shared<2'],
  })
  expect(planNamed(usual, ['free>=1,<3', 'Old_School']).requirements).toEqual(['free>=1,<3', 'Old_School'])
  // What the upgraded ones themselves require is up to their new versions.
  expect(planNamed(usual, ['old-school']).constraints).toEqual(['free<9', 'free>=1'])
})

it('says what is not there, and what no index has', () => {
  expect(() => planNamed(usual, ['shared', 'nope', 'none>=2'])).toThrow('Not in environment é: nope, none')
  expect(() => planNamed(usual, ['mine'])).toThrow('Not from a package index, so nothing newer is known: mine')
})

it('all of them: as far as everything that was asked for allows', () => {
  expect(planAll(usual, new Set(['shared', 'free', 'mine']))).toEqual({
    requirements: ['shared', 'free[fast]>=1'],
    constraints: ['absent>=3', 'free<9', 'shared<2'],
  })
  expect(planAll(usual, new Set())).toMatchObject({ requirements: [] })
})

it('sets no limit that is broken already, and none that an installer would not understand', () => {
  const odd = facts({
    'shared 3.0': [],
    'a 1.0': ['shared<2', 'b (>=1.0)', 'c==1.*', 'd>=1.*', 'e~=1', 'f @ https://host/f.whl', 'g ===weird'],
    'b 2.0': [],
  })
  expect(constraintsBeside(odd, new Set())).toEqual(['b>=1.0', 'c==1.*', 'e~=1'])
})

it.each<[string, string[], string[], Record<string, string>, string[]]>([
  [
    'a bare name changes no word that still holds',
    ['numpy>=1', 'six'],
    ['numpy'],
    { numpy: '2.1' },
    ['numpy>=1', 'six'],
  ],
  ['one that holds no more makes way', ['numpy<2', 'six'], ['NumPy'], { numpy: '2.1' }, ['six', 'NumPy']],
  ['a version is the latest word', ['numpy>=1'], ['numpy>=2,<3'], { numpy: '2.1' }, ['numpy>=2,<3']],
  ['what nobody asked for stays so', ['six'], ['numpy'], { numpy: '2.1' }, ['six']],
  ['unless by its version', ['six'], ['numpy==2.1'], { numpy: '2.1' }, ['six', 'numpy==2.1']],
  ['all: nothing changes', ['numpy<2'], [], { numpy: '1.9' }, ['numpy<2']],
])('%s', (_what, recorded, named, versions, expected) => {
  expect(recordedAfter(recorded, named, new Map(Object.entries(versions)))).toEqual(expected)
})
