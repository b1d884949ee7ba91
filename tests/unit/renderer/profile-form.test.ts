import { expect, it } from 'vitest'
import { profileSpecSchema } from '../../../contract/index.ts'
import { copyId, formOf, idOf, specOf } from '../../../renderer/features/profiles/profile-form.ts'

const badIndex = (line: string) => `bad: ${line}`
const spec = profileSpecSchema.parse({
  id: 'mine',
  title: 'Mine',
  packages: ['pandas>=2.2', 'requests[socks]'],
  optional: ['six'],
  imports: ['pandas'],
  python: { minimum: '3.10' },
  indexes: [
    { backend: 'cuda', minimum: '12.6', url: 'https://packages.example/cu126' },
    { backend: 'cpu', url: 'https://packages.example/cpu' },
  ],
})

it('a profile is what it was after it has been a form', () => {
  expect(specOf(formOf(spec), badIndex)).toEqual({ spec, problems: {} })
})

it('what is wrong is told at its field', () => {
  const form = formOf(spec)
  const problemsOf = (change: object) => Object.keys(specOf({ ...form, ...change }, badIndex).problems)
  expect(problemsOf({ id: '../x' })).toEqual(['id'])
  expect(problemsOf({ title: ' ' })).toEqual(['title'])
  expect(problemsOf({ packages: 'numpy --index-url http://evil', minimum: '4' })).toEqual(['packages', 'minimum'])
  expect(problemsOf({ indexes: 'cuda 12.6 http://evil' })).toEqual(['indexes'])
  expect(specOf({ ...form, indexes: 'gpu https://packages.example' }, badIndex)).toEqual({
    problems: { indexes: 'bad: gpu https://packages.example' },
  })
})

it('ids are made from names, and copies get free ones', () => {
  expect(idOf('  Ünïcode & Co. 2 ')).toBe('unicode-co-2')
  expect(idOf('x'.repeat(60))).toHaveLength(40)
  expect(copyId('web', ['web', 'web-copy'])).toBe('web-copy-2')
})
