import { describe, expect, test } from 'vitest'
import { HiddenLine } from '../../../cli/hidden-line.ts'
import { createLineInput } from '../../../cli/line-input.ts'

async function* pieces(...texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text, 'latin1')
}
const latin1 = (text: string) => Buffer.from(text).toString('latin1')

describe('lines of stdin', () => {
  test('come one by one, however they are cut, and the last needs no end', async () => {
    const [first = '', second = ''] = [latin1('Zo\u00eb\r\nse'), latin1('cond\n\nlast')]
    const { next } = createLineInput({ stdin: pieces(first.slice(0, 3), first.slice(3), second) })
    expect([await next(), await next(), await next(), await next()]).toEqual(['Zoë', 'second', '', 'last'])
    expect([await next(), await next()]).toEqual([null, null])
  })

  test('nothing is read before somebody wants a line', async () => {
    let reads = 0
    const stdin = {
      [Symbol.asyncIterator]: () => ({
        next: () => {
          reads += 1
          return Promise.resolve({ done: true as const, value: undefined })
        },
      }),
    }
    const lines = createLineInput({ stdin })
    lines.close()
    expect(reads).toBe(0)
    expect(await lines.next()).toBeNull()
    expect(reads).toBe(1)
  })

  test('that nobody shall see are read with the terminal silent, which is given back', async () => {
    const raw: boolean[] = []
    const interrupts: string[] = []
    const stdin = Object.assign(pieces('se', 'x\u007fcret\rnext\n'), {
      isTTY: true,
      setRawMode: (isRaw: boolean) => raw.push(isRaw),
    })
    const lines = createLineInput({ stdin })
    expect(await lines.nextHidden(() => interrupts.push('!'))).toBe('secret')
    expect(raw).toEqual([true, false])
    expect(await lines.next()).toBe('next')
    expect(interrupts).toEqual([])
  })

  test('that are piped in are no secret', async () => {
    const lines = createLineInput({ stdin: pieces('secret\n') })
    expect(await lines.nextHidden(() => {})).toBe('secret')
  })
})

describe('a hidden line', () => {
  test.each([
    ['abc\r', { ended: 'abc', rest: '', interrupts: false }],
    ['ab\u007fc\nmore', { ended: 'ac', rest: 'more', interrupts: false }],
    ['wrong\u0015right\r', { ended: 'right', rest: '', interrupts: false }],
    ['\u0004', { ended: null, rest: '', interrupts: false }],
    ['a\u0004\r', { ended: 'a', rest: '', interrupts: false }],
    ['a\u0003b', { rest: '', interrupts: true }],
    ['\u{1f511}\u007fkey\r', { ended: 'key', rest: '', interrupts: false }],
  ])('%j', (typed, taken) => {
    expect(new HiddenLine().take(typed)).toEqual(taken)
  })

  test('goes on over several pieces', () => {
    const line = new HiddenLine()
    expect(line.take('ab')).toEqual({ rest: '', interrupts: false })
    expect(line.take('c\r')).toMatchObject({ ended: 'abc' })
  })
})
