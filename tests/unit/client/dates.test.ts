import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dateFromIso, isoText, PythonTimedelta } from '../../../client/src/values/python-values.ts'

describe('Python datetimes', () => {
  it.each([
    ['2026-01-02T03:04:05+00:00', '2026-01-02T03:04:05.000Z'],
    ['2026-01-02T03:04:05.123456+00:00', '2026-01-02T03:04:05.123Z'],
    ['2026-01-02T03:04:05.5-03:30', '2026-01-02T06:34:05.500Z'],
    ['2026-01-02T03:04:05+05:53:28', '2026-01-01T21:10:37.000Z'],
    ['0001-01-01T00:00:00+00:00', '0001-01-01T00:00:00.000Z'],
    ['9999-12-31T23:59:59.999999+00:00', '9999-12-31T23:59:59.999Z'],
  ])('%s is the instant %s', (text, instant) => {
    expect(dateFromIso(text)?.toISOString()).toBe(instant)
  })

  it('goes back with its microseconds and its offset, unless it was changed', () => {
    const date = dateFromIso('2026-01-02T03:04:05.123456+05:30')
    if (date === undefined) throw new Error('not read')
    expect(isoText(date)).toBe('2026-01-02T03:04:05.123456+05:30')
    date.setUTCFullYear(2027)
    expect(isoText(date)).toBe('2027-01-01T21:34:05.123+00:00')
  })

  it.each(['', '2026-01-02', '2026-01-02T03:04', '2026-01-02T03:04:05Z', 'x2026-01-02T03:04:05'])(
    '%j is none',
    (text) => {
      expect(dateFromIso(text)).toBeUndefined()
    },
  )
})

describe('a datetime without an offset', () => {
  const before = process.env['TZ']
  beforeEach(() => {
    process.env['TZ'] = 'America/New_York'
  })
  afterEach(() => {
    if (before === undefined) delete process.env['TZ']
    else process.env['TZ'] = before
  })

  it('is local time, and goes back without one', () => {
    const date = dateFromIso('2026-07-01T12:00:00')
    if (date === undefined) throw new Error('not read')
    expect(date.toISOString()).toBe('2026-07-01T16:00:00.000Z')
    expect(isoText(date)).toBe('2026-07-01T12:00:00')
  })
})

describe('PythonTimedelta', () => {
  it('adds up to milliseconds', () => {
    expect(new PythonTimedelta(-1, 86_399, 500_000).totalMilliseconds).toBe(-500)
  })
})
