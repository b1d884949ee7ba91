import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { executionOutputSchema } from '../../../../contract/index.ts'
import type { ExecutionOutput } from '../../../../contract/index.ts'
import { ShownOutput } from '../../../../core/servers/pool/execution-output.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const mib = 1024 * 1024

function setUp() {
  const told: { readonly seq: number; readonly output: readonly ExecutionOutput[] }[] = []
  const shown = new ShownOutput((seq, output) => told.push({ seq, output: structuredClone(output) }))
  const print = (text: string, stream = 'stdout') => shown.take({ id: 1, event: 'output', stream, text })
  const display = (data: Record<string, string>) => shown.take({ id: 1, event: 'display', data })
  return { shown, told, print, display, end: () => finish(shown) }
}
async function finish(shown: ShownOutput) {
  const ended = shown.end()
  await vi.advanceTimersByTimeAsync(10_000)
  await ended
}
const text = (words: string, stream = 'stdout') => ({ kind: 'text', stream, text: words })

describe('what a run shows', () => {
  test('is told in batches, numbered without gaps, and kept whole', async () => {
    const { shown, told, print, display, end } = setUp()
    print('a')
    print('b\n')
    print('!', 'stderr')
    await vi.advanceTimersByTimeAsync(50)
    display({ 'text/plain': '<Figure>', 'image/png': 'iVBO' })
    print('c')
    await vi.advanceTimersByTimeAsync(50)
    await vi.advanceTimersByTimeAsync(1000)
    print('d')
    await end()
    const figure = { kind: 'display', data: { 'text/plain': '<Figure>', 'image/png': 'iVBO' } }
    expect(told).toEqual([
      { seq: 0, output: [text('ab\n'), text('!', 'stderr')] },
      { seq: 1, output: [figure, text('c')] },
      { seq: 2, output: [text('d')] },
    ])
    expect(shown.kept).toEqual([text('ab\n'), text('!', 'stderr'), figure, text('cd')])
    expect(shown.isCut).toBe(false)
    for (const output of shown.kept) expect(executionOutputSchema.parse(output)).toEqual(output)
  })

  test('has its plain text in every display, and says which is the result', async () => {
    const { shown, display, end } = setUp()
    display({ 'text/html': '<b>1</b>' })
    shown.take({ event: 'display', data: { 'text/plain': '1' }, isResult: true })
    await end()
    expect(shown.kept).toEqual([
      { kind: 'display', data: { 'text/html': '<b>1</b>', 'text/plain': '' } },
      { kind: 'display', data: { 'text/plain': '1' }, isResult: true },
    ])
  })

  test.each([{ event: 'input', prompt: '?' }, { event: 'output', stream: 'stdout' }, { event: 'new' }, null, 'x'])(
    'is nothing in %j',
    async (event) => {
      const { shown, told, end } = setUp()
      shown.take(event)
      await end()
      expect([shown.kept, told, shown.isCut]).toEqual([[], [], false])
    },
  )
})

describe('more than is kept', () => {
  test('of text is left out, and said so; a display still comes through', async () => {
    const { shown, told, print, display, end } = setUp()
    print('x'.repeat(mib - 64))
    expect(shown.isCut).toBe(false)
    print('yz')
    display({ 'text/plain': 'late' })
    await end()
    expect(shown.isCut).toBe(true)
    expect(shown.kept.map((output) => output.kind)).toEqual(['text', 'display'])
    expect(told.flatMap(({ output }) => output)).toEqual(shown.kept)
  })

  test('of entries counts too, however short they are', async () => {
    const { shown, print, end } = setUp()
    for (let index = 0; index < 40_000; index += 1) print('x', index % 2 === 0 ? 'stdout' : 'stderr')
    await end()
    expect(shown.isCut).toBe(true)
    expect(shown.kept.length).toBeLessThan(17_000)
  })

  test('of displays leaves their plain text where that fits', async () => {
    const { shown, display, end } = setUp()
    const large = { 'text/plain': 'huge', 'image/png': 'A'.repeat(5 * mib) }
    display(large)
    expect(shown.isCut).toBe(true)
    const half = { 'text/plain': 'half', 'image/png': 'A'.repeat(3 * mib) }
    for (let index = 0; index < 3; index += 1) display(half)
    display({ 'text/plain': 'x'.repeat(5 * mib) })
    await end()
    expect(shown.kept).toEqual([
      { kind: 'display', data: { 'text/plain': 'huge' } },
      { kind: 'display', data: half },
      { kind: 'display', data: half },
      { kind: 'display', data: { 'text/plain': 'half' } },
    ])
  })

  test('at a time comes in several events', async () => {
    const { shown, told, display, end } = setUp()
    for (let index = 0; index < 4; index += 1)
      display({ 'text/plain': String(index), 'image/png': 'A'.repeat(1.5 * mib) })
    await end()
    expect(told.map(({ seq, output }) => [seq, output.length])).toEqual([
      [0, 1],
      [1, 1],
      [2, 1],
      [3, 1],
    ])
    expect(shown.kept).toHaveLength(4)
  })

  test('is also what the worker has left out', async () => {
    const { shown, end } = setUp()
    shown.take({ event: 'output', stream: 'stderr', text: '[left out]', cut: true })
    await end()
    expect([shown.isCut, shown.kept]).toEqual([true, [text('[left out]', 'stderr')]])
  })
})
