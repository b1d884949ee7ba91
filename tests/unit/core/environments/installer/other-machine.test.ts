import { describe, expect, it } from 'vitest'
import { bundleMachines } from '../../../../../contract/index.ts'
import { noUv, packageWithoutWheel, pinsIn, pipFits } from '../../../../../core/environments/installer/other-machine.ts'
import { uvResolve } from '../../../../../core/environments/installer/uv.ts'
import { wheelPlatform } from '../../../../../core/environments/installer/wheel-platform.ts'
import { triples } from '../../../../../core/platform/index.ts'

describe('what a kind of machine is called', () => {
  it.each([
    ['x86_64-unknown-linux-gnu', 'x86_64-manylinux_2_28', 'manylinux_2_28_x86_64', 'linux_x86_64'],
    ['aarch64-unknown-linux-gnu', 'aarch64-manylinux_2_28', 'manylinux_2_28_aarch64', 'linux_aarch64'],
    ['x86_64-unknown-linux-musl', 'x86_64-unknown-linux-musl', 'musllinux_1_2_x86_64', 'linux_x86_64'],
    ['aarch64-unknown-linux-musl', 'aarch64-unknown-linux-musl', 'musllinux_1_2_aarch64', 'linux_aarch64'],
    ['aarch64-apple-darwin', 'aarch64-apple-darwin', 'macosx_13_0_arm64', 'macosx_13_0_arm64'],
    ['x86_64-apple-darwin', 'x86_64-apple-darwin', 'macosx_13_0_x86_64', 'macosx_13_0_x86_64'],
    ['x86_64-pc-windows-msvc', 'x86_64-pc-windows-msvc', 'win_amd64', 'win_amd64'],
    ['aarch64-pc-windows-msvc', 'aarch64-pc-windows-msvc', 'win_arm64', 'win_arm64'],
  ] as const)('%s: %s for uv, from %s to %s for pip', (triple, uv, first, last) => {
    const known = wheelPlatform(triple)
    expect([known.uv, known.pip[0], known.pip.at(-1)]).toEqual([uv, first, last])
    expect(new Set(known.pip).size).toBe(known.pip.length)
  })

  it('has the names from before PEP 600, too', () => {
    const intel = wheelPlatform('x86_64-unknown-linux-gnu').pip
    for (const name of ['manylinux2014', 'manylinux2010', 'manylinux1', 'manylinux_2_17', 'manylinux_2_5'])
      expect(intel).toContain(`${name}_x86_64`)
    const arm = wheelPlatform('aarch64-unknown-linux-gnu').pip
    expect(arm.slice(-3)).toEqual(['manylinux_2_17_aarch64', 'manylinux2014_aarch64', 'linux_aarch64'])
  })

  it('is known of all that bundles can be for: all but Windows on ARM, which takes the Intel build', () => {
    expect([...bundleMachines, 'aarch64-pc-windows-msvc'].toSorted()).toEqual([...triples].toSorted())
  })
})

it('uv chooses for the other machine, and nothing that must be built', () => {
  const target = { name: 'x', root: '/r', executable: '/py', base: '/py', compile: false }
  const settings = { places: ['--find-links', '/w'], flags: ['--no-binary', 'x'], variables: {} }
  const other = { triple: 'aarch64-apple-darwin', python: '3.12.14' } as const
  expect(uvResolve({ executable: '/uv', version: '0.13.9' }, target, settings, other, '/r.txt')).toEqual(
    (
      '/uv pip compile --python /py --python-platform aarch64-apple-darwin --python-version 3.12.14 --no-header' +
      ' --no-annotate --find-links /w --no-binary x --only-binary :all: /r.txt'
    ).split(' '),
  )
})

it('pip takes just that, for the other machine', () => {
  const fits = '--no-deps --platform win_amd64 --python-version 3.15.0 --implementation cp --abi cp315'
  expect(pipFits({ triple: 'x86_64-pc-windows-msvc', python: '3.15.0rc1' })).toEqual(fits.split(' '))
})

it('reads the versions that uv has chosen', () => {
  const text = `# of a configuration
--index-url https://host.example/simple
numpy==2.1.0
uvicorn[standard]==0.30.1 ; sys_platform == 'win32'
torch==2.4.0+cpu \\
    --hash=sha256:00
    # via nobody
zope.interface==7.0`
  expect(pinsIn(text)).toEqual(['numpy==2.1.0', 'uvicorn==0.30.1', 'torch==2.4.0+cpu', 'zope.interface==7.0'])
  expect(pinsIn('\n')).toEqual([])
})

it.each([
  [
    'only-unix',
    '  × No solution found when resolving dependencies:\n  ╰─▶ Because only-unix has no wheels with a matching platform tag (e.g.,\n      `win_amd64`) and deep==1.0 depends on only-unix, we can conclude',
  ],
  ['only-unix', 'Because only only-unix==1.0 is available and only-unix==1.0 has no wheels\n      with a matching'],
  ['zope.x', 'And because all versions of zope.x have no usable wheels and building from source is disabled'],
  ['pkg', 'Because pkg[more]>=1.0,<2.0 has no usable wheels'],
  ['a', 'ERROR: No matching distribution found for a==1.0'],
  [undefined, 'Connection refused\nERROR: No matching distribution found for a==1.0'],
  [undefined, 'Because absent was not found in the provided package locations and you require absent'],
])('finds that %s has no wheel', (name, text) => {
  expect(packageWithoutWheel(text.split('\n'))).toBe(name)
})

it.each([
  ['auto', /no usable uv was found/u, /beep-host installer get/u],
  ['uv', /no usable uv was found/u, /beep-host installer get/u],
  ['pip', /the settings say pip/u, /config set installer auto/u],
] as const)('says what to do without uv, with the installer %s', (installer, message, hint) => {
  const failure = noUv('aarch64-apple-darwin', installer)
  expect(failure.code).toBe('UNSUPPORTED')
  expect(failure.message).toMatch(message)
  expect(failure.hint).toMatch(hint)
  expect(failure.hint).toContain('on a machine of that kind')
})
