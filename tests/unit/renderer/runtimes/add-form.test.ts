import { expect, it } from 'vitest'
import { addParams, emptyAddForm, isPathMissing } from '../../../../renderer/features/runtimes/add-form.ts'
import { lacksSizes } from '../../../../renderer/stores/runtimes.ts'

it('the host is asked for the newest unless a version is chosen; a mirror only where one is named', () => {
  expect(addParams(emptyAddForm)).toEqual({ source: { kind: 'download' }, makeDefault: true })
  expect(addParams({ ...emptyAddForm, version: '3.12.14', mirror: ' /mirror ', isDefault: false })).toEqual({
    version: '3.12.14',
    source: { kind: 'download', mirror: '/mirror' },
    makeDefault: false,
  })
})

it('what another kind has no use for stays out, whatever was typed before', () => {
  const typed = { ...emptyAddForm, version: '3.12.14', mirror: '/mirror', path: ' /a b/python.tar.gz ' }
  expect(addParams({ ...typed, kind: 'file' }).source).toEqual({ kind: 'file', path: '/a b/python.tar.gz' })
  expect(addParams({ ...typed, kind: 'file' })).not.toHaveProperty('version')
  expect(addParams({ ...typed, kind: 'system', path: '' }).source).toEqual({ kind: 'system' })
})

it('an archive has to be named, an interpreter need not', () => {
  expect(isPathMissing({ ...emptyAddForm, kind: 'file', path: ' ' })).toBe(true)
  expect(isPathMissing({ ...emptyAddForm, kind: 'system' })).toBe(false)
  expect(isPathMissing(emptyAddForm)).toBe(false)
})

it('the mirrors are asked only where a size is missing', () => {
  const entry = { key: 'k', version: '3', triple: 't', file: 'f', sha256: 's', isInstalled: false, sizeBytes: 0 }
  expect(lacksSizes(undefined)).toBe(false)
  expect(lacksSizes([entry])).toBe(false)
  expect(lacksSizes([entry, { ...entry, sizeBytes: null }])).toBe(true)
})
