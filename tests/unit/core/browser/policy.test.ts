import { expect, test } from 'vitest'
import {
  cookieName,
  cookieOf,
  isOwnHost,
  isOwnOrigin,
  pageHeaders,
  sessionCookie,
} from '../../../../core/browser/policy.ts'
import { createTickets } from '../../../../core/browser/tickets.ts'

test.each([
  ['127.0.0.1:4000', true],
  ['localhost:4000', true],
  ['LOCALHOST:4000', true],
  ['[::1]:4000', true],
  ['127.0.0.1', false],
  ['127.0.0.1:4001', false],
  ['127.0.0.1.evil.example:4000', false],
  ['evil.example:4000', false],
  ['', false],
  [undefined, false],
])('host %s', (host, own) => expect(isOwnHost(host, 4000)).toBe(own))

test.each([
  ['http://127.0.0.1:4000', true],
  ['http://localhost:4000', true],
  ['https://127.0.0.1:4000', false],
  ['http://127.0.0.1:4001', false],
  ['http://evil.example', false],
  ['null', false],
  [undefined, false],
])('origin %s', (origin, own) => expect(isOwnOrigin(origin, 4000)).toBe(own))

test('the cookie is this door’s alone, and no script and no other site gets it', () => {
  const name = cookieName(4000)
  expect(sessionCookie(name, 'abc')).toBe('beep-python-4000=abc; Path=/; HttpOnly; SameSite=Strict')
  expect(cookieOf({ cookie: `other=1; ${name}=abc; beep-python-40=no` }, name)).toBe('abc')
  expect(cookieOf({}, name)).toBeUndefined()
})

test('a page may run its own scripts and talk to its own door, nothing else', () => {
  const policy = pageHeaders(4000)['content-security-policy'] ?? ''
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("script-src 'self';")
  expect(policy).toContain('ws://127.0.0.1:4000')
  expect(policy).not.toContain('unsafe-eval')
  expect(policy).not.toContain('*')
})

test('whoever has just been given a ticket is expected for a minute', () => {
  let now = 5
  const tickets = createTickets(() => now)
  expect(tickets.isSomebodyExpected()).toBe(false)
  tickets.redeem(tickets.issue())
  expect(tickets.isSomebodyExpected()).toBe(true)
  now += 60_000
  expect(tickets.isSomebodyExpected()).toBe(false)
})

test('a ticket is good once, for a while, and what it buys lasts a while', () => {
  let now = 0
  const tickets = createTickets(() => now)
  const ticket = tickets.issue()
  const bought = tickets.redeem(ticket)
  if (!('session' in bought)) throw new Error('a fresh ticket was refused')
  expect(tickets.isSession(bought.session)).toBe(true)
  expect(tickets.isSession(ticket)).toBe(false)
  expect(tickets.isSession(undefined)).toBe(false)
  expect(tickets.redeem(ticket)).toEqual({ refused: 'used' })
  expect(tickets.redeem('guess')).toEqual({ refused: 'unknown' })
  const late = tickets.issue()
  now = 11 * 60_000
  expect(tickets.redeem(late)).toEqual({ refused: 'expired' })
  expect(tickets.isSession(bought.session)).toBe(true)
  now = 17 * 3600_000
  expect(tickets.isSession(bought.session)).toBe(false)
})
