import { describe, expect, test } from 'vitest'
import type { LogLine } from '../../../../contract/index.ts'
import { LogLens } from '../../../../renderer/features/logs/log-lens.ts'

function line(seq: number, more: Partial<LogLine> = {}): LogLine {
  const at = new Date(Date.UTC(2026, 0, 1) + seq * 1000).toISOString()
  return { seq, at, source: 'pool', stream: 'stdout', text: `line ${seq}`, ...more }
}

function lines(from: number, to: number): LogLine[] {
  return Array.from({ length: to - from + 1 }, (_, index) => line(from + index))
}

const textsOf = (lens: LogLens) => lens.lines.map(({ text }) => text)

describe('LogLens', () => {
  test('takes in what is new alone, and tells from which position on', () => {
    const log = lines(1, 2)
    const lens = new LogLens(['démo'], () => log)
    expect(lens.update()).toBe(0)
    const first = lens.lines[0]
    log.push(line(3))
    expect(lens.waiting).toBe(1)
    expect(lens.update()).toBe(2)
    expect(textsOf(lens)).toEqual(['line 1', 'line 2', 'line 3'])
    expect(lens.lines[0]).toBe(first)
    expect(lens.update()).toBeUndefined()
    expect(lens.waiting).toBe(0)
  })

  test('shows the lines of a source and a stream', () => {
    const log = [
      line(1),
      line(2, { stream: 'stderr' }),
      line(3, { source: 'http', stream: 'stderr' }),
      line(4, { source: 'host', stream: 'event' }),
    ]
    const shown = (filter: ConstructorParameters<typeof LogLens>[2]) => {
      const lens = new LogLens(['a'], () => log, filter)
      lens.update()
      return lens.lines.map(({ seq }) => seq)
    }
    expect(shown({ stream: 'stderr' })).toEqual([2, 3])
    expect(shown({ source: 'http', stream: 'stderr' })).toEqual([3])
    expect(shown({ source: 'host' })).toEqual([4])
    expect(shown({})).toEqual([1, 2, 3, 4])
  })

  test('shows the lines of a level and of worse ones, with what belongs to them', () => {
    const said = [
      'INFO: up',
      'WARNING: low',
      'Traceback (most recent call last):',
      '  File "a.py", line 1',
      'KeyError: 1',
      'done',
    ]
    const log = said.map((text, seq) => line(seq, { text, stream: 'stderr' }))
    const lens = new LogLens(['a'], () => log, { level: 'error' })
    lens.update()
    expect(lens.lines.map(({ seq }) => seq)).toEqual([2, 3, 4])
    // Goes on where it stopped: the next line is one of the traceback's, though it came later.
    log.push(line(6, { text: 'ERROR: again', stream: 'stderr' }))
    lens.update()
    log.push(line(7, { text: '  more of it', stream: 'stderr' }), line(8, { text: '  of another stream' }))
    lens.update()
    expect(lens.lines.map(({ seq }) => seq)).toEqual([2, 3, 4, 6, 7])
  })

  test('puts several logs in order by time, late lines too', () => {
    const logs = { a: [line(1), line(5)], b: [line(2)] }
    const lens = new LogLens(['a', 'b'], (server) => logs[server as 'a' | 'b'])
    lens.update()
    expect(textsOf(lens)).toEqual(['line 1', 'line 2', 'line 5'])
    logs.b.push(line(4), line(6))
    // The line of `a` that now comes later stands elsewhere, what is before it does not.
    expect(lens.update()).toBe(2)
    expect(lens.lines.map(({ server, seq }) => `${server}${seq}`)).toEqual(['a1', 'b2', 'b4', 'a5', 'b6'])
  })

  test('begins anew when an older stretch was fetched, or all was forgotten', () => {
    let log = lines(50, 60)
    const lens = new LogLens(['a'], () => log)
    lens.update()
    log = lines(1, 60)
    expect(lens.update()).toBe(11)
    expect(lens.lines).toHaveLength(60)
    expect(lens.lines[0]?.seq).toBe(1)
    log = []
    expect(lens.update()).toBe(71)
    expect(lens.lines).toEqual([])
  })

  test('goes on after a gap without losing what it has', () => {
    let log = lines(1, 3)
    const lens = new LogLens(['a'], () => log)
    lens.update()
    log = lines(10, 11)
    lens.update()
    expect(lens.lines.map(({ seq }) => seq)).toEqual([1, 2, 3, 10, 11])
  })

  test('keeps the newest lines, and a line keeps its position', () => {
    const log = lines(1, 100)
    const lens = new LogLens(['a'], () => log, {}, 100)
    lens.update()
    log.push(...lines(101, 110))
    lens.update()
    expect(lens.lines).toHaveLength(110)
    log.push(...lines(111, 111))
    lens.update()
    expect(lens.lines).toHaveLength(100)
    expect(lens.lines[0]?.seq).toBe(12)
    // Position = index + offset: line 12 was at index 11.
    expect(lens.offset).toBe(11)
  })
})
