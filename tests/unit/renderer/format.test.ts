import { describe, expect, it } from 'vitest'
import { evidenceOf, reportOf } from '../../../renderer/lib/error-text.ts'
import {
  byVersionDown,
  duration,
  elapsed,
  localMinute,
  localTime,
  runTime,
  span,
} from '../../../renderer/lib/format.ts'
import { modKey } from '../../../renderer/lib/mod-key.ts'
import { hashOf, placeOf } from '../../../renderer/stores/ui.ts'

describe('formats', () => {
  it('what took less than a second is told in milliseconds', () => {
    expect([0, 3.4, 999.7, 1000, 61_000].map(runTime)).toEqual(['0 ms', '3 ms', '999 ms', '1.0 s', '1 min 1 s'])
  })

  it('a span that was said in whole units has none that are none', () => {
    expect([30_000, 60_000, 90_000, 3_600_000, 14_460_000].map(span)).toEqual([
      '30 s',
      '1 min',
      '1 min 30 s',
      '1 h',
      '4 h 1 min',
    ])
  })

  it('time that goes on is told in whole seconds', () => {
    expect([-5, 0, 999, 59_999, 60_000].map(elapsed)).toEqual(['0 s', '0 s', '0 s', '59 s', '1 min 0 s'])
  })

  it.each([
    [0, '0.0 s'],
    [440, '0.4 s'],
    [9949, '9.9 s'],
    [9950, '10 s'],
    [59_400, '59 s'],
    [59_600, '1 min 0 s'],
    [185_000, '3 min 5 s'],
    [7_800_000, '2 h 10 min'],
    [356_400_000, '4 d 3 h'],
    [-5, '0 s'],
    [Number.NaN, '0 s'],
  ])('%d ms are %s', (ms, text) => expect(duration(ms)).toBe(text))

  it('a time that is none stays as it is', () => {
    expect(localTime('never')).toBe('never')
    expect(localTime('2026-01-31T09:05:00Z')).toMatch(/2026/u)
  })

  it('versions are numbers, the newest first', () => {
    const sorted = ['3.9.18', '3.13.0', '3.12.14', '3.12.2'].map((version) => ({ version })).sort(byVersionDown)
    expect(sorted.map(({ version }) => version)).toEqual(['3.13.0', '3.12.14', '3.12.2', '3.9.18'])
  })
})

describe('the evidence of an error', () => {
  it('reads like what it is: a command line, lines, a number', () => {
    const details = {
      argv: ['/data root/python', '-m', 'pip'],
      exitCode: 1,
      lastLines: ['first line', 'second'],
      nothing: undefined,
    }
    const error = { code: 'PACKAGES_FAILED', message: 'It failed', hint: 'Look', details } as const
    const evidence = 'argv: "/data root/python" -m pip\nexitCode: 1\nlastLines: \n  first line\n  second'
    expect(evidenceOf(error)).toBe(evidence)
    expect(reportOf(error)).toBe(`PACKAGES_FAILED: It failed\nLook\n${evidence}`)
  })

  it('may be absent', () => {
    expect(evidenceOf({ code: 'INTERNAL', message: 'x' })).toBeUndefined()
    expect(evidenceOf({ code: 'INTERNAL', message: 'x', details: {} })).toBeUndefined()
  })
})

describe('the address', () => {
  it.each(['my env', 'démo', 'a/b', '100 %', '#1'])('brings %s back', (item) => {
    const place = { screen: 'environments', item }
    expect(placeOf(hashOf(place))).toEqual(place)
  })

  it.each(['', '#', '#/', '#/x/%E0%A4%A'])('%s leads home', (hash) => {
    expect(placeOf(hash)).toEqual({ screen: 'home', item: undefined })
  })
})

it('the key of shortcuts is called as on the keyboard of the machine', () => {
  expect(['MacIntel', 'Win32', 'Linux x86_64'].map(modKey)).toEqual(['⌘', 'Ctrl', 'Ctrl'])
})

it('a time without seconds; what is no date stays as it is', () => {
  expect(localMinute('2026-01-02T03:04:05.000Z')).not.toContain('05')
  expect(localMinute('2026-01-02T03:04:05.000Z')).toMatch(/2026/u)
  expect(localMinute('later')).toBe('later')
})
