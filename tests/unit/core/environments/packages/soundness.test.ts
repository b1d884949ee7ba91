import { expect, it } from 'vitest'
import { packageGraph } from '../../../../../core/environments/metadata/graph.ts'
import { parseRequirement } from '../../../../../core/environments/metadata/requirement.ts'
import {
  conflictsIn,
  describeConflicts,
  newConflicts,
  standingOnChanges,
} from '../../../../../core/environments/packages/soundness.ts'
import type { MarkerEnvironment } from '../../../../../core/environments/metadata/marker.ts'
import { markerEnvironment } from '../../../../../core/environments/metadata/marker.ts'

const machine: MarkerEnvironment = markerEnvironment('3.12.1', 'cpython', { platform: 'linux', arch: 'x64' })

function graphOf(packages: Readonly<Record<string, readonly [string, ...string[]]>>, asked: readonly string[] = []) {
  const distributions = Object.entries(packages).map(([name, [version, ...needs]]) => ({
    name,
    key: name,
    version,
    isDirect: false,
    requires: needs.flatMap((text) => parseRequirement(text) ?? []),
  }))
  return packageGraph(distributions, asked, machine)
}

it('finds what packages need and do not have, as far as it concerns this machine', () => {
  const graph = graphOf({
    numpy: ['1.19'],
    pandas: ['2.2', 'numpy>=1.26', 'tzdata', 'colorama; sys_platform == "win32"', 'tables; extra == "hdf5"'],
  })
  expect(describeConflicts(conflictsIn(graph))).toBe(
    'pandas 2.2 needs numpy>=1.26, and 1.19 is there; pandas 2.2 needs tzdata, and it is not there',
  )
})

it('blames a change for what it has brought, and not for what was so before', () => {
  const before = graphOf({ numpy: ['2.0'], pandas: ['2.2', 'numpy>=1.26'], odd: ['1', 'missing'] })
  const after = graphOf({ numpy: ['1.19'], pandas: ['2.2', 'numpy>=1.26'], odd: ['1', 'missing'] })
  expect(newConflicts(before, before)).toEqual([])
  expect(newConflicts(before, after)).toMatchObject([{ need: { by: { name: 'pandas' } }, installed: '1.19' }])
})

it('knows who of those that were asked for stands on something that has changed', () => {
  const before = graphOf({ numpy: ['1'], pandas: ['2', 'numpy'], report: ['1', 'pandas'], six: ['1'] })
  const after = graphOf({ numpy: ['2'], pandas: ['2', 'numpy'], report: ['1', 'pandas'], six: ['1'] })
  const asked = ['report>=1', 'six', 'not-there']
  expect(standingOnChanges(before.distributions, after, asked)).toEqual(['report'])
  expect(standingOnChanges(after.distributions, after, asked)).toEqual([])
  // What is gone has changed, too; and a circle ends.
  const circle = graphOf({ a: ['1', 'b', 'numpy'], b: ['1', 'a'] })
  const whole = graphOf({ a: ['1', 'b', 'numpy'], b: ['1', 'a'], numpy: ['1'] })
  expect(standingOnChanges(whole.distributions, circle, ['b'])).toEqual(['b'])
})
