import { expect, test } from 'vitest'
import { readFact } from '../../../../core/servers/server-facts.ts'

test('facts are told apart from output', () => {
  expect(readFact('@beep {"event":"worker.started","pid":12}')).toEqual({ event: 'worker.started', pid: 12 })
  expect(readFact('@beep {"event":"worker.lost","pid":12,"signal":"SIGSEGV","lastLines":["x"]}')).toEqual({
    event: 'worker.lost',
    pid: 12,
    signal: 'SIGSEGV',
    lastLines: ['x'],
  })
  expect(readFact('@beep {"event":"worker.started","pid":12,"worker":2}')).toMatchObject({ worker: 2 })
  expect(readFact('@beep {"event":"worker.lost","pid":12,"exitCode":3}')).toMatchObject({ exitCode: 3, lastLines: [] })
})

test('what this version does not know, or cannot believe, is an event and no more', () => {
  expect(readFact('@beep {"event":"moon.full"}')).toBe('event')
  expect(readFact('@beep {"event":"worker.started","pid":-1}')).toBe('event')
})

test.each(['plain', '@beep', '@beep {', ' @beep {"event":"worker.started","pid":12}'])('%j is output', (line) => {
  expect(readFact(line)).toBeUndefined()
})
