import { beforeEach, expect, it } from 'vitest'
import type { ExecutionOutput } from '../../../../contract/index.ts'
import { applyEvent } from '../../../../renderer/stores/apply.ts'
import { keptChars, sizeOf, useExecutions } from '../../../../renderer/stores/executions.ts'

const printed = (text: string, stream: 'stdout' | 'stderr' = 'stdout'): ExecutionOutput => ({
  kind: 'text',
  stream,
  text,
})
const figure = (letters: number): ExecutionOutput => ({ kind: 'display', data: { 'image/png': 'x'.repeat(letters) } })
const show = (job: string, seq: number, ...output: readonly ExecutionOutput[]) =>
  applyEvent({ revision: 0, name: 'execution.shown', payload: { job, seq, output: [...output] } })
const shown = (job: string) => useExecutions.getState().shown[job]

beforeEach(() => useExecutions.setState({ shown: {} }))

it('joins what one stream says, and keeps the order of the two', () => {
  show('j', 0, printed('a'), printed('b\n'))
  show('j', 1, printed('c'), printed('oh', 'stderr'), printed('d'))
  expect(shown('j')).toEqual({
    output: [printed('ab\nc'), printed('oh', 'stderr'), printed('d')],
    isCut: false,
    next: 2,
  })
})

it('takes no event twice, and tells when some were missed', () => {
  show('j', 0, printed('a'))
  show('j', 0, printed('a'))
  expect(shown('j')).toMatchObject({ output: [printed('a')], isCut: false })
  show('j', 2, printed('c'))
  expect(shown('j')).toMatchObject({ output: [printed('ac')], isCut: true })
})

it('who joins late knows that he does', () => {
  show('j', 7, printed('a'))
  expect(shown('j')?.isCut).toBe(true)
})

it('keeps the newest of what is printed without end', () => {
  for (let seq = 0; seq < 30; seq += 1) show('j', seq, printed(`${'x'.repeat(keptChars / 5)}${seq}\n`))
  const { output = [], isCut } = shown('j') ?? {}
  expect(isCut).toBe(true)
  expect(output.reduce((sum, one) => sum + sizeOf(one), 0)).toBeLessThanOrEqual(keptChars * 1.1)
  expect(output.at(-1)).toMatchObject({ text: expect.stringMatching(/x29\n$/u) as string })
})

it('keeps the newest pieces where two streams take turns', () => {
  for (let seq = 0; seq < 3000; seq += 1) show('j', seq, printed(`${seq}`, seq % 2 ? 'stderr' : 'stdout'))
  expect(shown('j')?.output.length).toBeLessThanOrEqual(2200)
  expect(shown('j')?.output.at(-1)).toEqual(printed('2999', 'stderr'))
})

it('a figure is whole or gone, but the newest one stays', () => {
  show('j', 0, figure(keptChars), printed('a'))
  show('j', 1, figure(keptChars))
  expect(shown('j')?.output).toEqual([figure(keptChars)])
})

it('keeps the last few runs', () => {
  for (let run = 0; run < 10; run += 1) show(`j${run}`, 0, printed('a'))
  expect(Object.keys(useExecutions.getState().shown)).toEqual(['j6', 'j7', 'j8', 'j9'])
})
