import { expect, it } from 'vitest'
import type { Distribution } from '../../../../../core/environments/metadata/distributions.ts'
import { neededBy, packageGraph, unaskedRoots } from '../../../../../core/environments/metadata/graph.ts'
import { markerEnvironment } from '../../../../../core/environments/metadata/marker.ts'
import { parseRequirement } from '../../../../../core/environments/metadata/requirement.ts'
import { normalizedName } from '../../../../../core/environments/requirements.ts'

const linux = markerEnvironment('3.11.7', 'cpython', { platform: 'linux', arch: 'x64' })

function installed(packages: Readonly<Record<string, readonly string[]>>): Distribution[] {
  return Object.entries(packages).map(([name, requires]) => ({
    name,
    version: '1.0',
    key: normalizedName(name),
    requires: requires.flatMap((text) => parseRequirement(text) ?? []),
    isDirect: false,
  }))
}

function graphOf(packages: Readonly<Record<string, readonly string[]>>, asked: readonly string[] = []) {
  return packageGraph(installed(packages), asked, linux)
}

it('finds who would miss a package, whatever way its name is written', () => {
  const graph = graphOf({ numpy: [], Pandas: ['NumPy>=1.2'], scipy: ['numpy'], lonely: [] })
  expect(neededBy(graph, 'numpy', new Set())).toEqual(['Pandas', 'scipy'])
  expect(neededBy(graph, 'numpy', new Set(['numpy', 'scipy']))).toEqual(['Pandas'])
  expect(neededBy(graph, 'lonely', new Set())).toEqual([])
})

it('counts what a marker rules out for nothing', () => {
  const graph = graphOf({
    tomli: [],
    colorama: [],
    pytest: ['tomli>=1; python_version < "3.11"', 'colorama; sys_platform == "win32"'],
  })
  expect(graph.needs).toEqual([])
})

it('counts what an extra needs where somebody has asked for it, over any number of steps', () => {
  const packages = {
    requests: ['pysocks; extra == "socks"', 'urllib3'],
    urllib3: ['brotli; extra == "brotli"'],
    pysocks: [],
    brotli: [],
    tool: ['requests[socks]'],
    everything: ['tool', 'urllib3[Brotli]; extra == "fast"'],
  }
  expect(neededBy(graphOf({ ...packages, tool: [] }), 'pysocks', new Set())).toEqual([])
  expect(neededBy(graphOf(packages), 'pysocks', new Set())).toEqual(['requests'])
  expect(neededBy(graphOf(packages), 'brotli', new Set())).toEqual([])
  const asked = graphOf(packages, ['everything[fast]>=1'])
  expect(neededBy(asked, 'brotli', new Set())).toEqual(['urllib3'])
  expect(asked.extrasOf('requests')).toEqual(['socks'])
})

it('a package that names itself with an extra does not need itself', () => {
  const graph = graphOf({ full: ['full[a]; extra == "all"', 'other; extra == "a"'], other: [] }, ['full[all]'])
  expect(neededBy(graph, 'full', new Set())).toEqual([])
  expect(neededBy(graph, 'other', new Set())).toEqual(['full'])
})

it('finds what was installed by other means, the packages on top alone', () => {
  const graph = graphOf({
    numpy: [],
    pandas: ['numpy', 'dateutil'],
    dateutil: ['six'],
    six: [],
    app: ['web', 'six'],
    web: [],
    one: ['two'],
    two: ['one'],
  })
  expect(unaskedRoots(graph, ['pandas>=2']).map(({ name }) => name)).toEqual(['app', 'one'])
  expect(unaskedRoots(graph, ['pandas', 'app', 'two'])).toEqual([])
})
