import { expect, test } from 'vitest'
import { prettyJson, valueForms } from '../../../../renderer/features/playground/value-forms.ts'

const value = (of: unknown, repr: string, typeName = 'x') => valueForms({ kind: 'value', value: of, repr, typeName })

test('a plain value is shown as Python shows it', () => {
  expect(value(null, 'None')).toEqual([{ kind: 'python', text: 'None' }])
  expect(value(true, 'True', 'bool')).toEqual([{ kind: 'python', text: 'True' }])
  expect(value('a', "'a'")).toEqual([{ kind: 'python', text: "'a'" }])
})

test('of a number of numpy one sees first what it is worth', () => {
  expect(value(45, 'np.int64(45)', 'numpy.int64')).toEqual([
    { kind: 'json', text: '45' },
    { kind: 'python', text: 'np.int64(45)' },
  ])
  expect(value(45, '45', 'int')).toEqual([{ kind: 'python', text: '45' }])
})

test('a text of several lines is shown as it is, first', () => {
  expect(value('a\nb', String.raw`'a\nb'`).map(({ kind }) => kind)).toEqual(['text', 'python'])
})

test('a list or dict is JSON, too; first where its repr is long', () => {
  expect(value([1, 2], '[1, 2]')).toEqual([
    { kind: 'python', text: '[1, 2]' },
    { kind: 'json', text: '[1, 2]' },
  ])
  expect(value({ a: 1 }, 'x'.repeat(200)).map(({ kind }) => kind)).toEqual(['json', 'python'])
})

test('an object that stayed in Python has its repr', () => {
  expect(valueForms({ kind: 'handle', typeName: 'ndarray', repr: 'array([1])' })).toEqual([
    { kind: 'python', text: 'array([1])' },
  ])
})

test('JSON by lines: short things stay on one, plain elements share lines', () => {
  const numbers = Array.from({ length: 30 }, (_, at) => at * 100)
  const text = prettyJson({ name: 'Ada', tags: ['a', 'b'], numbers, empty: {}, rows: [{ id: 1 }, { id: 2 }] })
  expect(JSON.parse(text)).toEqual({ name: 'Ada', tags: ['a', 'b'], numbers, empty: {}, rows: [{ id: 1 }, { id: 2 }] })
  expect(text).toContain('  "tags": ["a", "b"],\n')
  expect(text).toContain('  "rows": [{"id": 1}, {"id": 2}]\n')
  expect(text.split('\n').length).toBeLessThan(14)
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(62)
})
