import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { profileSpecSchema, requirementSchema } from '../../../../contract/index.ts'
import type { ProfileSpec } from '../../../../contract/index.ts'
import { indexFor, isWithin, planOf } from '../../../../core/environments/profiles/plan.ts'
import { profileOfProvider } from '../../../../core/environments/profiles/provider.ts'
import { partsOf, resolveAll } from '../../../../core/environments/profiles/resolve.ts'
import type { KnownSpec } from '../../../../core/environments/profiles/resolve.ts'
import { exported, readShared } from '../../../../core/environments/profiles/share.ts'
import { putSpecs, readSpecs, removeSpec, saveSpec } from '../../../../core/environments/profiles/store.ts'
import type { ProfilePlaces } from '../../../../core/environments/profiles/store.ts'
import { requirementName } from '../../../../core/environments/requirements.ts'
import { layoutOf } from '../../../../core/platform/index.ts'
import { failureOf } from '../../../tools/failure-of.ts'
import { tempFolder } from '../../../tools/temp-folder.ts'

const profilesFile = path.resolve(import.meta.dirname, '../../../../resources/profiles.json')
const places = (file = profilesFile): ProfilePlaces => ({ profilesFile: file, layout: layoutOf(tempFolder()) })
const spec = (id: string, fields: Partial<ProfileSpec> = {}) => profileSpecSchema.parse({ id, title: id, ...fields })
const ship = (...specs: readonly ProfileSpec[]) =>
  new Map<string, KnownSpec>(specs.map((one) => [one.id, { spec: one, isBuiltIn: true }]))

describe('those that ship', () => {
  it('can all be used, and name packages without upper limits', async () => {
    const profiles = resolveAll(await readSpecs(places()))
    const sets = profiles.filter(({ kind }) => kind === 'set').map(({ id }) => id)
    expect(sets).toEqual(['minimal', 'base', 'data-science', 'machine-learning', 'web', 'full-stack', 'dotnet'])
    for (const { title, summary, packages, optional, problem, isBuiltIn } of profiles) {
      expect([title === '', summary === '', problem, isBuiltIn]).toEqual([false, false, undefined, true])
      for (const text of [...packages, ...optional]) expect(requirementSchema.safeParse(text).success).toBe(true)
      for (const text of packages) expect(text).toMatch(/^[\w-]+>=[\d.]+$/u)
      expect(new Set(packages.map(requirementName)).size).toBe(packages.length)
    }
  })

  it('have the packages of what they include', async () => {
    const known = new Map(resolveAll(await readSpecs(places())).map((one) => [one.id, one.packages]))
    const parts = ['data-science', 'machine-learning', 'web'].flatMap((id) => known.get(id)!)
    expect(known.get('full-stack')).toEqual(parts)
  })

  it('are told with their path where the file is none', async () => {
    const file = path.join(tempFolder(), 'profiles.json')
    expect(await failureOf(readSpecs(places(file)))).toMatchObject({ code: 'FILE_UNREADABLE', details: { path: file } })
    writeFileSync(file, '{"version":1,"profiles":[{"id":"a","title":"A","packages":["--evil"]}]}')
    expect(await failureOf(readSpecs(places(file)))).toMatchObject({ code: 'FILE_UNREADABLE', details: { path: file } })
  })
})

describe('the user’s own', () => {
  it('are saved, changed, deleted, and had back', async () => {
    const at = places()
    const saved = await saveSpec(at, spec('my-set', { includes: ['web'], packages: ['idna'] }), false)
    expect(saved).toMatchObject({
      isBuiltIn: false,
      packages: ['requests>=2.31', 'beautifulsoup4>=4.12', 'flask>=3.0', 'idna'],
    })
    expect(await failureOf(saveSpec(at, spec('my-set'), false))).toMatchObject({ code: 'NAME_TAKEN' })
    await saveSpec(at, spec('my-set', { title: 'Mine' }), true)
    const removed = await removeSpec(at, 'my-set')
    expect(removed.title).toBe('Mine')
    expect(await failureOf(removeSpec(at, 'my-set'))).toMatchObject({ code: 'NOT_FOUND' })
    expect((await saveSpec(at, removed, false)).title).toBe('Mine')
    expect(JSON.parse(readFileSync(at.layout.profiles, 'utf8'))).toMatchObject({
      version: 1,
      profiles: [{ id: 'my-set' }],
    })
  })

  it('are no others than what ships, and go round in no circles', async () => {
    const at = places()
    expect(await failureOf(saveSpec(at, spec('web'), true))).toMatchObject({ code: 'PROTECTED' })
    expect(await failureOf(removeSpec(at, 'web'))).toMatchObject({ code: 'PROTECTED' })
    expect(await failureOf(saveSpec(at, spec('a', { includes: ['nothing'] }), true))).toMatchObject({
      code: 'NOT_FOUND',
    })
    await saveSpec(at, spec('a'), true)
    await saveSpec(at, spec('b', { includes: ['a'] }), true)
    const circle = await failureOf(saveSpec(at, spec('a', { includes: ['b'] }), true))
    expect(circle).toMatchObject({ code: 'INVALID_PARAMS', details: { includes: ['a', 'b', 'a'] } })
    expect(await failureOf(removeSpec(at, 'a'))).toMatchObject({ code: 'IN_USE', details: { includedBy: ['b'] } })
  })

  it('that somebody has broken by hand are told as such, and set aside before they are written over', async () => {
    const at = places()
    await saveSpec(at, spec('mine'), true)
    const circle = { version: 1, profiles: [spec('a', { includes: ['b'] }), spec('b', { includes: ['a'] })] }
    writeFileSync(at.layout.profiles, JSON.stringify(circle))
    const own = resolveAll(await readSpecs(at)).filter(({ isBuiltIn }) => !isBuiltIn)
    expect(own.map(({ problem }) => problem?.code)).toEqual(['INVALID_PARAMS', 'INVALID_PARAMS'])
    writeFileSync(at.layout.profiles, 'no JSON')
    expect(await failureOf(readSpecs(at))).toMatchObject({ code: 'FILE_UNREADABLE' })
    expect(await failureOf(removeSpec(at, 'nowhere'))).toMatchObject({ code: 'NOT_FOUND' })
    expect(readFileSync(at.layout.profiles, 'utf8')).toBe('no JSON')
    await saveSpec(at, spec('mine'), true)
    expect((await readSpecs(at)).get('mine')).toBeDefined()
  })
})

describe('shared as a file', () => {
  it('they come with what they include, and arrive elsewhere as they were', async () => {
    const [here, there] = [places(), places()]
    await saveSpec(here, spec('part', { packages: ['idna'] }), true)
    await saveSpec(
      here,
      spec('whole', { includes: ['part', 'web'], optional: ['six'], python: { minimum: '3.10' } }),
      true,
    )
    const { text, ids } = exported(await readSpecs(here), ['whole'])
    expect(ids).toEqual(['part', 'whole'])
    await putSpecs(there, readShared(text), false)
    expect((await readSpecs(there)).get('whole')).toEqual((await readSpecs(here)).get('whole'))
    expect(await failureOf(putSpecs(there, readShared(text), false))).toMatchObject({ code: 'NAME_TAKEN' })
    await putSpecs(there, readShared(text), true)
  })

  it.each([
    ['no JSON', 'not JSON', 'This is no file of profiles'],
    ['a newer version', '{"version":2,"profiles":[]}', 'version'],
    ['nothing in it', '{"version":1,"profiles":[]}', 'no profile'],
    ['two of one name', JSON.stringify({ version: 1, profiles: [spec('a'), spec('a')] }), 'two profiles a'],
    ['an unknown field', '{"version":1,"profiles":[{"id":"a","title":"A","run":"rm"}]}', 'run'],
    [
      'an option',
      '{"version":1,"profiles":[{"id":"a","title":"A","packages":["numpy --index-url http://evil"]}]}',
      'packages.0',
    ],
  ])('%s: refused before anything is taken', (_, text, why) => {
    expect(() => readShared(text)).toThrow(
      expect.objectContaining({ code: 'INVALID_PARAMS', message: expect.stringContaining(why) }),
    )
  })
})

it('what cannot be a profile is refused by its shape', () => {
  const refused: readonly object[] = [
    ...['../x', 'con', 'CON', 'a b', 'a--b', 'x'.repeat(300), ''].map((id) => ({ id })),
    ...['../x', 'file:///etc/passwd', 'numpy @ https://evil', '-r x', 'x'.repeat(301)].map((text) => ({
      optional: [text],
    })),
    { imports: ['os; import sys'] },
    { imports: ['../x'] },
    { python: { minimum: '4' } },
    ...['http://evil/simple', 'file:///etc', 'https://me:secret@host/simple', 'https://host/a b', 'ftp://host'].map(
      (url) => ({
        indexes: [{ backend: 'cpu', url }],
      }),
    ),
  ]
  for (const fields of refused)
    expect([fields, profileSpecSchema.safeParse({ id: 'a', title: 'A', ...fields }).success]).toEqual([fields, false])
})

describe('a provider', () => {
  const known = new Map<string, KnownSpec>([
    ...ship(spec('hf', { aliases: ['phi'] }), spec('phi-extra')),
    ['own', { spec: spec('own', { aliases: ['hf'] }), isBuiltIn: false }],
  ])
  it.each([
    ['phi', 'hf', undefined],
    ['Phi', 'hf', undefined],
    ['dolphin', undefined, undefined],
    ['hf', 'own', undefined],
    ['phi-cuda', 'hf', 'cuda'],
    ['phi-extra', 'phi-extra', undefined],
    ['cuda', undefined, undefined],
  ])('%s has the packages of %s', (provider, id, gpu) => {
    const found = profileOfProvider(known, provider)
    expect([found?.known.spec.id, found?.gpu]).toEqual([id, gpu])
  })
})

describe('a plan', () => {
  const indexes = [
    { backend: 'cuda', minimum: '12.8', url: 'https://i/cu128' },
    { backend: 'cuda', minimum: '13.0', url: 'https://i/cu130' },
    { backend: 'cuda', minimum: '12.6', url: 'https://i/cu126' },
    { backend: 'cpu', url: 'https://i/cpu' },
  ] as const

  it.each([
    ['cuda', '12.9', 'https://i/cu128'],
    ['cuda', '13.0', 'https://i/cu130'],
    ['cuda', '12.10', 'https://i/cu128'],
    ['cuda', '11.8', undefined],
    ['cuda', null, 'https://i/cu126'],
    ['cpu', null, 'https://i/cpu'],
    ['metal', null, undefined],
  ] as const)('for %s %s asks %s, too', (backend, version, url) => {
    expect(indexFor(indexes, { backend, version })).toBe(url)
  })

  it('joins what several profiles want, each once, and takes the narrowest limits', () => {
    const all = ship(
      spec('a', { packages: ['x>=1'], optional: ['y', 'z'], python: { minimum: '3.9', maximum: '3.13' } }),
      spec('b', {
        includes: ['a'],
        packages: ['y>=2'],
        imports: ['y.core'],
        python: { minimum: '3.10' },
        indexes: [...indexes],
      }),
    )
    const parts = partsOf(all, [all.get('b')!, all.get('a')!])
    expect(planOf(parts, ['x>=1', 'more'], { backend: 'cpu', version: null })).toEqual({
      requirements: ['x>=1', 'y>=2', 'more'],
      optional: ['z'],
      indexes: ['https://i/cpu'],
      gpu: 'cpu',
      verify: { packages: ['x>=1', 'more'], modules: ['y.core'] },
      python: { minimum: '3.10', maximum: '3.13' },
    })
  })

  it.each([
    ['3.12.1', true],
    ['3.13.9', true],
    ['3.14.0', false],
    ['3.9.2', false],
    ['3.10.0', true],
  ])('for Python 3.10 to 3.13 takes %s: %s', (python, is) => {
    expect(isWithin(python, { minimum: '3.10', maximum: '3.13' })).toBe(is)
  })
})
