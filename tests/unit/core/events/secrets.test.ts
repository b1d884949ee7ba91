import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createSecrets } from '../../../../core/events/index.ts'

const fresh = () => randomBytes(32).toString('base64url')

describe('the secrets of a host', () => {
  it('are kept out of every text while they are good', () => {
    const secrets = createSecrets()
    const [one, two] = [fresh(), fresh()]
    const forget = secrets.add(one)
    secrets.add(two)
    expect(secrets.mask(`${one} and "${two}", again ${one}${two}.`)).toBe('*** and "***", again ******.')
    forget()
    expect(secrets.mask(`${one} ${two}`)).toBe(`${one} ***`)
  })

  it('that two have are kept out until both have let go', () => {
    const secrets = createSecrets()
    const token = fresh()
    const [first, second] = [secrets.add(token), secrets.add(token)]
    first()
    expect(secrets.mask(token)).toBe('***')
    second()
    expect(secrets.mask(token)).toBe(token)
  })

  it('may begin with a dash, and are no patterns', () => {
    const secrets = createSecrets()
    const token = `-${'a_'.repeat(20)}`
    secrets.add(token)
    expect(secrets.mask(`x ${token} y`)).toBe('x *** y')
    expect(() => secrets.add('short')).toThrow()
  })

  it.each([
    ['Authorization: Bearer abc', 'Authorization: Bearer ***'],
    ["-H 'authorization: bearer abc.def' http", "-H 'authorization: bearer ***' http"],
    ['{"Authorization":"Bearer abc","x":1}', '{"Authorization":"Bearer ***","x":1}'],
    ['Authorization=Basic dXNlcjpwYXNz', 'Authorization=Basic ***'],
    ['sent Bearer eyJhbGciOi.eyJzdWIi.c2ln-_+/= to it', 'sent Bearer *** to it'],
    ['bearer 0123456789abcdef', 'bearer ***'],
  ])('of other programs are masked where they stand for one: %s', (text, masked) => {
    expect(createSecrets().mask(text)).toBe(masked)
  })

  it.each([
    'bearer authentication is needed',
    'the bearer of this',
    'Bearer',
    'a basic text',
    'forbearer 0123456789abcdef',
    'x'.repeat(100),
  ])('leave other texts alone: %s', (text) => {
    expect(createSecrets().mask(text)).toBe(text)
  })
})
