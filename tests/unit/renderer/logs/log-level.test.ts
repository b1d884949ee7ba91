import { describe, expect, test } from 'vitest'
import { isAsBad, LevelReader, levelMark } from '../../../../renderer/features/logs/log-level.ts'

describe('the level that a line tells itself', () => {
  test.each([
    ['ERROR:root:no', 'error'],
    ['2026-01-02 03:04:05,006 - app - CRITICAL - down', 'error'],
    ['Traceback (most recent call last):', 'error'],
    ["ValueError: invalid literal for int() with base 10: 'x'", 'error'],
    ['concurrent.futures.process.BrokenProcessPool.SomeError: gone', 'error'],
    ['KeyboardInterrupt', 'error'],
    ['During handling of the above exception, another exception occurred:', 'error'],
    ['WARNING: low on memory', 'warning'],
    ['/srv/app.py:3: DeprecationWarning: old', 'warning'],
    ['INFO:     127.0.0.1:5 - "POST /eval HTTP/1.1" 200 OK', 'info'],
    ['[DEBUG] cache', 'debug'],
  ] as const)('%s', (text, level) => expect(levelMark(text)).toBe(level))

  test.each(['no errors at all', 'an Error in words', 'information', `${'x'.repeat(500)} ERROR`, ''])(
    '%j tells none',
    (text) => expect(levelMark(text)).toBeUndefined(),
  )
})

test('what goes on from a line is of its level, in each stream by itself', () => {
  const reader = new LevelReader()
  const read = (text: string, stream: 'stdout' | 'stderr' = 'stderr') =>
    reader.read({ seq: 0, at: '', source: 'pool', stream, text })
  expect(read('Traceback (most recent call last):')).toBe('error')
  expect(read('  plain', 'stdout')).toBe('info')
  expect(read('  File "x.py", line 1')).toBe('error')
  expect(read('ValueError: x')).toBe('error')
  expect(read('and on we go')).toBe('info')
  expect(read('    deeper')).toBe('info')
})

test('worse levels pass, too', () => {
  expect(isAsBad('error', 'warning')).toBe(true)
  expect(isAsBad('warning', 'warning')).toBe(true)
  expect(isAsBad('info', 'warning')).toBe(false)
  expect(isAsBad('debug', undefined)).toBe(true)
})
