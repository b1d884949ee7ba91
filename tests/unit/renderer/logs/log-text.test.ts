import { expect, test } from 'vitest'
import { clock, fileName, lineText, linesText, shownText } from '../../../../renderer/features/logs/log-text.ts'

const line = {
  seq: 7,
  at: '2026-01-02T03:04:05.006Z',
  server: 'démo server',
  source: 'http',
  stream: 'stderr',
  level: 'info',
  text: 'what it said',
} as const

test('a line as text names its server where there are several', () => {
  expect(lineText(line, false)).toBe('2026-01-02T03:04:05.006Z http/stderr what it said')
  expect(lineText(line, true)).toBe('2026-01-02T03:04:05.006Z démo server http/stderr what it said')
  expect(linesText([line, line], false).split('\n')).toHaveLength(3)
})

test('a file name that every system takes', () => {
  const now = new Date('2026-01-02T03:04:05.678Z')
  expect(fileName('démo', now)).toBe('démo 2026-01-02T03-04-05.log')
  expect(fileName(undefined, now)).toBe('all-servers 2026-01-02T03-04-05.log')
})

test('the clock shows milliseconds, and leaves alone what is no time', () => {
  expect(clock(line.at)).toMatch(/^\d\d:\d\d:05\.006$/u)
  expect(clock('yesterday')).toBe('yesterday')
})

test('what a server told the host is shown as words; what is no such thing, as it is', () => {
  const told = (text: string, stream: 'event' | 'stdout' = 'event') => shownText({ stream, text })
  expect(told('@beep {"event": "session.started", "sessionId": "p1-1", "pid": 4}')).toBe(
    'session.started · sessionId p1-1 · pid 4',
  )
  expect(told('@beep {"event": "worker.lost", "lastLines": ["no memory"]}')).toBe(
    'worker.lost · lastLines ["no memory"]',
  )
  for (const text of ['@beep {half', '@beep {"half": }', 'The server runs']) expect(told(text)).toBe(text)
  expect(told('@beep {"event": "printed"}', 'stdout')).toBe('@beep {"event": "printed"}')
})
