import { describe, expect, it } from 'vitest'
import {
  differenceOf,
  howToKeep,
  isSame,
  isSkeleton,
  mayChangeUnderServers,
  packagePlaces,
  surplus,
} from '../../../../../core/environments/snapshots/plan.ts'
import type { Seen } from '../../../../../core/environments/snapshots/plan.ts'

const site = 'lib/python3.12/site-packages'
const windowsSite = 'Lib/site-packages'

describe('what belongs to packages', () => {
  it('has a place of its own on every platform', () => {
    expect(packagePlaces(site, 'linux')).toEqual([site, 'bin', 'share', 'etc', 'include'])
    expect(packagePlaces(site, 'darwin')).toEqual(packagePlaces(site, 'linux'))
    expect(packagePlaces(windowsSite, 'win32')).toEqual([windowsSite, 'Scripts', 'share', 'etc', 'Include'])
  })

  it.each([
    ['bin/python3', 'linux', true],
    ['bin/activate', 'darwin', true],
    ['bin/pip', 'linux', false],
    ['Scripts/python.exe', 'win32', true],
    ['Scripts/tool.exe', 'win32', false],
    // What pip has moved aside, which a change leaves behind when it is cut off.
    [`${site}/~umpy/core.py`, 'linux', false],
  ] as const)('%s on %s: interpreter and activation are no packages: %s', (file, platform, is) => {
    expect(isSkeleton(file.split('/'), platform)).toBe(is)
  })
})

describe('how a file is kept', () => {
  const facts = { isRecorded: true, mtimeMs: 1000, now: 2000 }
  const how = (file: string, more: Partial<typeof facts> = {}, platform: NodeJS.Platform = 'linux') =>
    howToKeep(file.split('/'), { ...facts, ...more }, platform)

  it('is shared where it is only ever replaced whole', () => {
    expect(how(`${site}/numpy/core.so`)).toBe('link')
    expect(how(`${windowsSite}/numpy/core.pyd`, {}, 'win32')).toBe('link')
    expect(how(`${site}/numpy/__pycache__/core.cpython-312.pyc`, { isRecorded: false })).toBe('link')
    expect(how('include/site/python3.12/greenlet.h')).toBe('link')
  })

  it.each([
    `${site}/easy-install.pth`,
    `${site}/__editable___mine_finder.py`,
    `${site}/mine.egg-link`,
    `${site}/mine-1.0.dist-info/RECORD`,
    `${site}/mine-1.0.dist-info/direct_url.json`,
    'bin/jupyter',
    'share/jupyter/kernels/python3/kernel.json',
  ])('is copied where somebody writes into it: %s', (file) => expect(how(file)).toBe('copy'))

  it('is copied where no package has brought it, and where its time would hide that it was written into', () => {
    expect(how(`${site}/by_hand.py`, { isRecorded: false })).toBe('copy')
    expect(how(`${site}/numpy/core.so`, { mtimeMs: 2000 })).toBe('copy')
  })
})

describe('whether a file is as it was', () => {
  const file: Seen = { kind: 'file', bytes: 5, mtimeMs: 1000.4, identity: '1:2' }
  const pointer: Seen = { kind: 'link', bytes: 5, mtimeMs: 1, identity: '1:3', target: 'a' }
  it.each([
    ['another name of the same file', file, { ...file, bytes: 9, mtimeMs: 9 }, true],
    ['a copy with its time, to the millisecond', file, { ...file, identity: '1:9', mtimeMs: 1000 }, true],
    ['another size', file, { ...file, identity: '1:9', bytes: 6 }, false],
    ['another time', file, { ...file, identity: '1:9', mtimeMs: 1003 }, false],
    ['a link in its place', file, pointer, false],
    ['a link to the same', pointer, { ...pointer, identity: '1:9' }, true],
    ['a link to something else', pointer, { ...pointer, target: 'b' }, false],
  ])('%s', (_what, kept, live, is) => expect(isSame(kept, live)).toBe(is))
  it('nothing', () => expect(isSame(file, undefined)).toBe(false))
})

it('tells how packages differ, whatever their names are written like', () => {
  const was = [
    { name: 'Old_School', version: '1.0' },
    { name: 'numpy', version: '1.26' },
    { name: 'gone', version: '2' },
  ]
  const is = [
    { name: 'old-school', version: '1.0' },
    { name: 'numpy', version: '2.1' },
    { name: 'fresh', version: '3' },
  ]
  expect(differenceOf(was, is)).toEqual([
    { name: 'fresh', from: null, to: '3' },
    { name: 'gone', from: '2', to: null },
    { name: 'numpy', from: '1.26', to: '2.1' },
  ])
})

describe('which snapshots are too many', () => {
  const three = [
    { id: 'new', ownBytes: 10 },
    { id: 'middle', ownBytes: 10 },
    { id: 'old', ownBytes: 10 },
  ]
  it.each([
    [{ count: 3, bytes: 30 }, []],
    [{ count: 2, bytes: 30 }, ['old']],
    [{ count: 3, bytes: 25 }, ['old']],
    [{ count: 0, bytes: 30 }, ['new', 'middle', 'old']],
    // The newest is the way back from what was just done.
    [{ count: 3, bytes: 0 }, ['middle', 'old']],
  ])('%o', (most, going) => expect(surplus(three, most)).toEqual(going))
})

it('Windows replaces no library that a server has loaded', () => {
  expect((['linux', 'darwin', 'win32'] as const).map(mayChangeUnderServers)).toEqual([true, true, false])
})
