import { describe, expect, test } from 'vitest'
import type { LogLine } from '../../../../contract/index.ts'
import { LogLens } from '../../../../renderer/features/logs/log-lens.ts'
import { LogSearch, nextHit, parts } from '../../../../renderer/features/logs/log-search.ts'

function line(seq: number, text: string, at = seq): LogLine {
  return { seq, at: new Date(at * 1000).toISOString(), source: 'pool', stream: 'stdout', text }
}

describe('LogSearch', () => {
  test('finds the lines, upper or lower case, and the new ones as they come', () => {
    const log = [line(1, 'an Error'), line(2, 'fine'), line(3, 'ERROR again')]
    const lens = new LogLens(['a'], () => log)
    lens.update()
    const search = new LogSearch(lens, 'error')
    search.update()
    expect(search.hits).toEqual([0, 2])
    log.push(line(4, 'fine'), line(5, 'one more error'))
    search.update(lens.update())
    expect(search.hits).toEqual([0, 2, 4])
  })

  test('a query is text, not a pattern', () => {
    const log = [line(1, String.raw`C:\a.b (x) [y] {z} $1 ^|*+?`), line(2, 'C:aXb')]
    const lens = new LogLens(['a'], () => log)
    lens.update()
    for (const query of ['a.b', '(x', '[y]', '{z}', '$1 ^|*+?', String.raw`:\a`]) {
      const search = new LogSearch(lens, query)
      search.update()
      expect(search.hits, query).toEqual([0])
    }
  })

  test('looks at what is shown: facts in words, and no colours of a terminal', () => {
    const told: LogLine = { ...line(1, '@beep {"event":"session.started","pid":4}'), stream: 'event' }
    const log = [told, line(2, '\u001B[31mred\u001B[0m alert')]
    const lens = new LogLens(['a'], () => log)
    lens.update()
    const hits = (query: string) => {
      const search = new LogSearch(lens, query)
      search.update()
      return search.hits
    }
    expect(hits('started · pid 4')).toEqual([0])
    expect(hits('red alert')).toEqual([1])
    for (const unseen of ['@beep', '[31m']) expect(hits(unseen), unseen).toEqual([])
  })

  test('an empty query finds nothing', () => {
    const log = [line(1, 'anything')]
    const lens = new LogLens(['a'], () => log)
    lens.update()
    const search = new LogSearch(lens, '')
    search.update()
    expect(search.hits).toEqual([])
  })

  test('drops matches with the lines that are cut off', () => {
    const log = Array.from({ length: 10 }, (_, index) => line(index, index === 0 || index === 9 ? 'hit' : '-'))
    const lens = new LogLens(['a'], () => log, {}, 10)
    lens.update()
    const search = new LogSearch(lens, 'hit')
    search.update()
    expect(search.hits).toEqual([0, 9])
    log.push(line(10, '-'), line(11, 'hit'))
    search.update(lens.update())
    expect(search.hits).toEqual([9, 11])
    expect(search.hits.map((position) => lens.lines[position - lens.offset]?.text)).toEqual(['hit', 'hit'])
  })

  test('looks again where lines of another log came in between', () => {
    const logs = { a: [line(1, 'hit', 1), line(2, '-', 5)], b: [line(1, '-', 2)] }
    const lens = new LogLens(['a', 'b'], (server) => logs[server as 'a' | 'b'])
    lens.update()
    const search = new LogSearch(lens, 'hit')
    search.update()
    logs.b.push(line(2, 'hit', 3), line(3, 'hit', 6))
    search.update(lens.update())
    expect(search.hits).toEqual([0, 2, 4])
  })

  test('begins anew with the lens', () => {
    let log = [line(5, 'hit')]
    const lens = new LogLens(['a'], () => log)
    lens.update()
    const search = new LogSearch(lens, 'hit')
    search.update()
    log = [line(4, 'hit'), line(5, 'hit')]
    search.update(lens.update())
    expect(search.hits.map((position) => position - lens.offset)).toEqual([0, 1])
  })
})

test('next and previous go around the end', () => {
  expect(nextHit([2, 5, 9], undefined, 1)).toBe(2)
  expect(nextHit([2, 5, 9], undefined, -1)).toBe(9)
  expect(nextHit([2, 5, 9], 5, 1)).toBe(9)
  expect(nextHit([2, 5, 9], 9, 1)).toBe(2)
  expect(nextHit([2, 5, 9], 2, -1)).toBe(9)
  // The match that one stood on may have been cut off.
  expect(nextHit([5, 9], 2, 1)).toBe(5)
  expect(nextHit([], 2, 1)).toBeUndefined()
})

test('a text in parts: every second one is a match', () => {
  expect(parts('an Error, an error', 'error')).toEqual(['an ', 'Error', ', an ', 'error', ''])
  expect(parts('nothing', '')).toEqual(['nothing'])
  // İ is two letters in lower case, so places would be wrong: nothing is marked.
  expect(parts('İ error', 'error')).toEqual(['İ error'])
})
