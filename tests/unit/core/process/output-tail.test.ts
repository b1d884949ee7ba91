import { describe, expect, it } from 'vitest'
import { LineSplitter, OutputTail } from '../../../../core/process/index.ts'

function linesOf(...chunks: readonly (string | Uint8Array)[]): string[] {
  const lines: string[] = []
  const splitter = new LineSplitter((line) => lines.push(line))
  for (const chunk of chunks) splitter.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk)
  splitter.end()
  return lines
}

describe('lines', () => {
  it.each([
    ['a\nb\n', ['a', 'b']],
    ['a\r\nb\r\n', ['a', 'b']],
    ['a\n\nb', ['a', '', 'b']],
    ['10%\r20%\r100%\r', ['10%', '20%', '100%']],
    ['10%\r20%\r\ndone', ['10%', '20%', 'done']],
    ['\r\n', ['']],
    ['', []],
    ['a\u2028b\u0085c', ['a\u2028b\u0085c']],
  ])('of %j', (text, expected) => {
    expect(linesOf(text)).toEqual(expected)
  })

  it('are the same however the bytes arrive', () => {
    const bytes = Buffer.from('é 日本 👍\r\nzwei\rdrei\n\r\nfünf\n')
    const whole = linesOf(bytes)
    expect(whole).toEqual(['é 日本 👍', 'zwei', 'drei', '', 'fünf'])
    expect(linesOf(...Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual(whole)
    for (let cut = 1; cut < bytes.length; cut += 1) {
      expect(linesOf(bytes.subarray(0, cut), bytes.subarray(cut)), `cut at ${cut}`).toEqual(whole)
    }
  })

  it('show what is no UTF-8, and go on', () => {
    expect(linesOf(Uint8Array.of(0x61, 0xff, 0x0a, 0x62, 0xc3))).toEqual(['a\uFFFD', 'b\uFFFD'])
  })

  it('are given out in pieces where one is endless, whether or not it ends at last', () => {
    const text = 'x'.repeat(40_000)
    const pieces = [16_384, 16_384, 7232]
    expect(linesOf(text).map((line) => line.length)).toEqual(pieces)
    expect(linesOf(`${text}\n`).map((line) => line.length)).toEqual(pieces)
    expect(linesOf(...text.split('')).join('')).toBe(text)
  })

  it('are given out before their end where one is endless, so that no memory fills', () => {
    const lines: string[] = []
    const splitter = new LineSplitter((line) => lines.push(line))
    for (let index = 0; index < 64; index += 1) splitter.push(Buffer.alloc(1024, 'x'))
    expect(lines.join('').length).toBeGreaterThanOrEqual(48 * 1024)
  })

  it('are never cut within a character', () => {
    const lines = linesOf(`x${'👍'.repeat(20_000)}`)
    expect(lines.length).toBeGreaterThan(1)
    for (const line of lines) expect(line.isWellFormed()).toBe(true)
  })
})

describe('a tail', () => {
  it('keeps the last lines', () => {
    const tail = new OutputTail(3)
    for (const line of ['a', 'b', 'c', 'd', 'e']) tail.add(line)
    expect(tail.lines).toEqual(['c', 'd', 'e'])
  })

  it('keeps fewer where they are long, but the last one always', () => {
    const tail = new OutputTail(10, 10)
    for (const line of ['1234', '5678', '90ab']) tail.add(line)
    expect(tail.lines).toEqual(['5678', '90ab'])
    tail.add('x'.repeat(100))
    expect(tail.lines).toEqual(['x'.repeat(100)])
    tail.add('y')
    expect(tail.lines).toEqual(['y'])
  })

  it('gives out a copy', () => {
    const tail = new OutputTail()
    const before = tail.lines
    tail.add('a')
    expect(before).toEqual([])
  })
})
