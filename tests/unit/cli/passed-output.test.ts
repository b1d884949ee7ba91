import { expect, test } from 'vitest'
import { createPassedOutput } from '../../../cli/passed-output.ts'
import type { ExecutionOutput } from '../../../contract/index.ts'

function setUp() {
  const written: [string, string][] = []
  const passed = createPassedOutput((stream, text) => written.push([stream, text]))
  return {
    passed,
    written,
    live: (seq: number, ...output: ExecutionOutput[]) => passed.live({ job: 'j', seq, output }),
  }
}
const out = (text: string): ExecutionOutput => ({ kind: 'text', stream: 'stdout', text })
const err = (text: string): ExecutionOutput => ({ kind: 'text', stream: 'stderr', text })
const figure: ExecutionOutput = { kind: 'display', data: { 'text/plain': '<Figure>', 'image/png': 'iVBO' } }

test('output is passed on as it comes, and not again in the end', () => {
  const { passed, written, live } = setUp()
  live(0, out('a'), err('!'))
  expect(passed.isInLine()).toBe(true)
  live(1, out('b\n'), figure)
  passed.rest([out('a'), err('!'), out('b\n'), figure])
  expect(written).toEqual([
    ['stdout', 'a'],
    ['stderr', '!'],
    ['stdout', 'b\n'],
    ['stdout', '<Figure>\n'],
  ])
  expect(passed.isInLine()).toBe(false)
})

test('what was missed comes in the end, from the gap on', () => {
  const { passed, written, live } = setUp()
  live(0, out('one\n'))
  live(2, out('three\n'))
  live(3, err('four\n'))
  passed.rest([out('one\ntwo\nthree\n'), err('four\n')])
  expect(written).toEqual([
    ['stdout', 'one\n'],
    ['stdout', 'two\nthree\n'],
    ['stderr', 'four\n'],
  ])
})

test('the value of the last expression is not shown twice', () => {
  const { passed, written } = setUp()
  passed.rest([{ kind: 'display', data: { 'text/plain': 'table' }, isResult: true }])
  expect(written).toEqual([])
  expect(passed.isInLine()).toBe(false)
})

test('a question is seen when it is asked; one that was missed comes in the end', () => {
  const { passed, written, live } = setUp()
  const asked = (prompt: string): ExecutionOutput => ({ kind: 'input', prompt, answer: 'x' })
  passed.prompt('name? ')
  expect(passed.isInLine()).toBe(true)
  passed.lineBegun()
  live(0, asked('name? '), out('hi\n'))
  passed.rest([asked('name? '), out('hi\n'), asked('age? ')])
  expect(written).toEqual([
    ['stdout', 'name? '],
    ['stdout', 'hi\n'],
    ['stdout', 'age? \n'],
  ])
})
