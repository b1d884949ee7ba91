import { expect, test } from 'vitest'
import type { ServerSpec } from '../../../../contract/index.ts'
import { asksFor, requestedName, resolveSpec, sameSpec } from '../../../../core/servers/resolve-spec.ts'

const saved: ServerSpec = {
  name: 'Demo',
  transport: 'http',
  environment: 'science',
  port: 8000,
  auth: 'none',
  workers: 1,
  infrastructure: 'none',
  restart: 'on-failure',
}

test('a new server gets the defaults, and the name of its transport', () => {
  expect(resolveSpec({ transport: 'http' }, undefined)).toEqual({
    name: 'http',
    transport: 'http',
    environment: 'default',
    port: null,
    auth: 'token',
    workers: 1,
    infrastructure: 'none',
    restart: 'on-failure',
  })
})

test('a name alone is the saved one, in its own spelling', () => {
  expect(resolveSpec({ name: 'demo' }, saved)).toEqual(saved)
})

test('what is given changes the saved one, and the rest stays', () => {
  expect(resolveSpec({ name: 'Demo', port: 0, environment: 'other' }, saved)).toEqual({
    ...saved,
    port: 0,
    environment: 'other',
  })
})

test('a port does not follow to another transport', () => {
  expect(resolveSpec({ name: 'Demo', transport: 'pipe' }, saved)).toMatchObject({ transport: 'pipe', port: null })
})

test.each([
  [{}, 'INVALID_PARAMS', /needs a transport or the name/],
  [{ name: 'nobody' }, 'NOT_FOUND', /no saved server nobody/],
  [{ transport: 'pipe', port: 1 }, 'INVALID_PARAMS', /has no port/],
] as const)('%j is refused with %s', (params, code, message) => {
  const resolve = () => {
    requestedName(params)
    resolveSpec(params, undefined)
  }
  expect(resolve).toThrow(expect.objectContaining({ code, message: expect.stringMatching(message) }))
})

test('workers are those that are asked for, or saved, or one', () => {
  expect(resolveSpec({ transport: 'http', workers: 3 }, undefined).workers).toBe(3)
  expect(resolveSpec({ name: 'demo' }, { ...saved, workers: 2 }).workers).toBe(2)
  expect(resolveSpec({ transport: 'pipe' }, undefined).workers).toBe(1)
})

test('a start joins the one in flight if that gives it what it asks for', () => {
  expect(asksFor({ name: 'demo' }, saved)).toBe(true)
  expect(asksFor({ transport: 'http', port: 8000 }, saved)).toBe(true)
  expect(asksFor({ name: 'demo', port: 0 }, saved)).toBe(false)
  expect(asksFor({ name: 'demo', auth: 'token' }, saved)).toBe(false)
})

test('limits stay as they were saved, unless a start says otherwise', () => {
  const limited: ServerSpec = { ...saved, timeoutSeconds: 30, graceSeconds: 1, cancelOnDisconnect: false }
  expect(resolveSpec({ name: 'Demo' }, limited)).toEqual(limited)
  expect(resolveSpec({ name: 'Demo', graceSeconds: 2, processLimit: 9 }, limited)).toEqual({
    ...limited,
    graceSeconds: 2,
    processLimit: 9,
  })
})

test('null makes a port or a limit the usual again', () => {
  const limited: ServerSpec = { ...saved, timeoutSeconds: 30, graceSeconds: 1, cancelOnDisconnect: false }
  expect(resolveSpec({ name: 'Demo', port: null, timeoutSeconds: null, cancelOnDisconnect: null }, limited)).toEqual({
    ...saved,
    port: null,
    graceSeconds: 1,
  })
  expect(asksFor({ name: 'Demo', port: null }, limited)).toBe(false)
  expect(asksFor({ name: 'Demo', queueLimit: null }, limited)).toBe(true)
  expect(asksFor({ name: 'Demo', graceSeconds: null }, limited)).toBe(false)
})

test('descriptions are compared field by field', () => {
  expect(sameSpec(saved, { ...saved })).toBe(true)
  expect(sameSpec(saved, { ...saved, port: null })).toBe(false)
  expect(sameSpec(saved, { ...saved, graceSeconds: 1 })).toBe(false)
})
