import { expect, test } from 'vitest'
import { commandNames, commands } from '../../../../contract/index.ts'
import { createGrants, mayAsk } from '../../../../core/control/index.ts'

test('the owner may ask everything', () => {
  expect(commandNames.filter((name) => !mayAsk('owner', name))).toEqual([])
})

test('who may look changes nothing', () => {
  const allowed = commandNames.filter((name) => mayAsk('read', name))
  expect(allowed.filter((name) => commands[name].access !== 'read')).toEqual([])
  expect(allowed).toContain('environments.list')
  expect(allowed).not.toContain('servers.endpoint')
})

test('who may change things may look, too, and has no way to the host itself, its settings, or code', () => {
  const allowed = commandNames.filter((name) => mayAsk('full', name))
  expect(commandNames.filter((name) => mayAsk('read', name) && !allowed.includes(name))).toEqual([])
  expect(
    allowed.filter((name) => /^(host|settings|desktop|doctor)\.|execute|retry|setDefault|All$|Trash$/u.test(name)),
  ).toEqual([])
  expect(mayAsk('full', 'constructor')).toBe(false)
})

test('a token opens what it was given for, until it is taken back', () => {
  const grants = createGrants()
  const [owner, look] = [grants.grant('owner'), grants.grant('read')]
  expect(grants.accessOf(`Bearer ${owner.token}`)).toBe('owner')
  expect(grants.accessOf(`Bearer ${look.token}`)).toBe('read')
  for (const wrong of ['', 'Bearer ', look.token, `Bearer ${look.token}x`, `bearer ${look.token}`]) {
    expect(grants.accessOf(wrong)).toBeUndefined()
  }
  look.revoke()
  expect(grants.accessOf(`Bearer ${look.token}`)).toBeUndefined()
  expect(grants.accessOf(`Bearer ${owner.token}`)).toBe('owner')
})
