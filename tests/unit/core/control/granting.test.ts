import { describe, expect, test } from 'vitest'
import { serverSpecSchema } from '../../../../contract/index.ts'
import { grantBeyond } from '../../../../core/control/granting.ts'

const usual = { name: 's', transport: 'http', environment: 'e', port: null, auth: 'token', workers: 1 }
const saved = (fields: object) => serverSpecSchema.parse({ ...usual, ...fields })

describe('what the code of a server may give to a server', () => {
  test.each([
    ['a new one, as usual', { transport: 'pipe' }, undefined],
    ['a new one that says so', { transport: 'pipe', infrastructure: 'none', auth: 'token' }, undefined],
    ['what is saved', { infrastructure: 'full' }, saved({ infrastructure: 'full' })],
    ['what is saved, by its name', {}, saved({ infrastructure: 'full', auth: 'none' })],
    ['less', { infrastructure: 'none', environment: 'x' }, saved({ infrastructure: 'full' })],
    ['another environment without a scope', { environment: 'x' }, saved({})],
  ] as const)('%s', (_, params, spec) => {
    expect(grantBeyond(params, spec)).toBeUndefined()
  })

  test.each([
    ['a scope', { infrastructure: 'read' }, undefined],
    ['a scope to a saved one', { infrastructure: 'full' }, saved({})],
    ['a wider scope', { infrastructure: 'full' }, saved({ infrastructure: 'read' })],
    ['a narrower scope, which is not what was saved', { infrastructure: 'read' }, saved({ infrastructure: 'full' })],
    ['a door without a token', { auth: 'none' }, saved({})],
    ['other code with the scope', { environment: 'x' }, saved({ infrastructure: 'full' })],
    ['another door with the scope', { transport: 'pipe' }, saved({ infrastructure: 'full' })],
  ] as const)('never %s', (_, params, spec) => {
    expect(grantBeyond(params, spec)).toBeTypeOf('string')
  })
})
