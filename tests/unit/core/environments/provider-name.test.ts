import { describe, expect, test } from 'vitest'
import { modelSchema, nameProblem, providerSchema } from '../../../../contract/index.ts'
import { providerEnvironmentName as nameOf } from '../../../../core/environments/index.ts'

describe('the name of a provider’s environment', () => {
  test('is the provider, and its model behind two dashes', () => {
    expect(nameOf('my-provider')).toBe('my-provider')
    expect(nameOf('My-Provider')).toBe('my-provider')
    expect(nameOf('phi', 'phi-3.5_mini')).toBe('phi--phi-3.5_mini')
    expect(nameOf('phi', 'microsoft/Phi-4')).toMatch(/^phi--microsoft-phi-4~[0-9a-f]{8}$/u)
  })

  test('is another one for each two of them', () => {
    const asked: [string, string?][] = [
      ['a', 'b-c'],
      ['a-b', 'c'],
      ['a-b-c'],
      ['a--b', 'c'],
      ['a', 'b--c'],
      ['a b'],
      ['a_b'],
      ['a+b'],
      ['phi', 'org/model'],
      ['phi', 'org-model'],
      ['phi', 'org:model'],
      ['phi', 'org model'],
      ['phi', '模型'],
      ['phi', '型模'],
      ['模型'],
      ['x'],
      ['phi', 'm'.repeat(40)],
      ['phi', 'm'.repeat(41)],
      ['phi', `${'m'.repeat(41)}n`],
    ]
    expect(new Set(asked.map(([provider, model]) => nameOf(provider, model))).size).toBe(asked.length)
  })

  test('cannot be had by naming what another one became', () => {
    const taken = nameOf('phi', 'org/model')
    const [provider = '', model = ''] = taken.split('--')
    expect(nameOf(provider, model)).not.toBe(taken)
  })

  test('can be a name, whatever was asked for', () => {
    for (const provider of ['a', 'con-', 'c'.repeat(64), 'é', '日本', "it's 1", '~', 'a.b', '_a_']) {
      for (const model of [undefined, 'con', 'x'.repeat(200), 'org/mödel:7b-q4_0', '…']) {
        expect(nameProblem(nameOf(provider, model))).toBeUndefined()
      }
    }
  })
})

test.each(['../x', '..', 'CON', 'nul.txt', 'a/b', 'a\\b', '/etc', '', ' a', '-rf', 'a\u0000', 'x'.repeat(300), 'a:b'])(
  'no provider is called %j',
  (provider) => expect(providerSchema.safeParse(provider).success).toBe(false),
)

test.each([
  '../x',
  'a/../b',
  '/etc/passwd',
  'a//b',
  'a/',
  'a\\b',
  '',
  '.',
  'a/.',
  '-rf',
  'a\u202eb',
  'x'.repeat(300),
  'a?',
])('no model is called %j', (model) => expect(modelSchema.safeParse(model).success).toBe(false))

test.each(['org/model', 'llama3:8b', 'microsoft/Phi-3.5-mini-instruct', 'a b', 'mödel'])('%j is a model', (model) =>
  expect(modelSchema.parse(model)).toBe(model),
)
