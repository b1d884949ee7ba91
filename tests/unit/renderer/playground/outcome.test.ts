import { expect, test } from 'vitest'
import type { ExecutionOutput, Job } from '../../../../contract/index.ts'
import { outcomeOf, withoutResult } from '../../../../renderer/features/playground/outcome.ts'
import { job } from '../fake-bridge.ts'

const printed: ExecutionOutput = { kind: 'text', stream: 'stdout', text: 'a\n' }
const table: ExecutionOutput = { kind: 'display', data: { 'text/plain': 'x', 'text/html': '<b>x</b>' }, isResult: true }
const figure: ExecutionOutput = { kind: 'display', data: { 'text/plain': 'fig' } }
const ended = (more: Partial<Job>) => outcomeOf(job('run', more))

test('a run that succeeded has its value and all its output', () => {
  const result = {
    result: { kind: 'value', value: null, typeName: 'NoneType', repr: 'None' },
    output: [printed],
    isOutputCut: true,
    durationMs: 3,
  }
  expect(ended({ state: 'succeeded', result })).toEqual(result)
})

test('one that failed has its output in the evidence', () => {
  const details = { traceback: 'x', line: 1, output: [printed], isOutputCut: false }
  const error = { code: 'PYTHON_ERROR', message: 'x', details } as const
  expect(ended({ state: 'failed', error })).toEqual({ output: [printed], isOutputCut: false })
})

test('where neither tells, what was seen stays', () => {
  expect(outcomeOf(undefined)).toBeUndefined()
  expect(ended({ state: 'failed', error: { code: 'HOST_UNREACHABLE', message: 'gone' } })).toBeUndefined()
})

test('the display that is the value stands apart from the output', () => {
  expect(withoutResult([printed, table, figure])).toEqual([[printed, figure], table])
  const plain = [printed, figure]
  expect(withoutResult(plain)).toEqual([plain, undefined])
})
