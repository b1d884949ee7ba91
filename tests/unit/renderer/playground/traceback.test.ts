import { expect, test } from 'vitest'
import { pythonFailureOf, tracebackLines } from '../../../../renderer/features/playground/traceback.ts'

const traceback = `Traceback (most recent call last):
  File "<execute-3>", line 2, in <module>
    go()
    ~~^^
  File "<execute-3>", line 5, in go
    return 1 / 0
           ~~^~~
  File "/usr/lib/python3/library.py", line 5, in deeper
    raise
ZeroDivisionError: division by zero
`

const failing = (text: string, line: number | undefined) =>
  tracebackLines(text, line)
    .filter(({ isFailing }) => isFailing)
    .map((one) => one.text)

test('the last frame of the failing line is marked, with its source and the pointers', () => {
  expect(failing(traceback, 5)).toEqual(['  File "<execute-3>", line 5, in go', '    return 1 / 0', '           ~~^~~'])
  expect(tracebackLines(traceback, 5)).toHaveLength(10)
})

test('without a line, or with one that no frame tells, nothing is marked', () => {
  expect(failing(traceback, undefined)).toEqual([])
  expect(failing(traceback, 7)).toEqual([])
})

test('code that is no Python', () => {
  const text = `  File "<execute-1>", line 1
    1 +
       ^
SyntaxError: invalid syntax`
  expect(failing(text, 1)).toEqual(['  File "<execute-1>", line 1', '    1 +', '       ^'])
})

test('a failure of the code carries both, and a strange one neither', () => {
  const error = { code: 'PYTHON_ERROR', message: 'x', details: { traceback, line: 5 } } as const
  expect(pythonFailureOf(error)).toEqual({ traceback, line: 5 })
  expect(pythonFailureOf({ ...error, details: { line: '5', traceback: 1 } })).toEqual({
    traceback: undefined,
    line: undefined,
  })
  expect(pythonFailureOf({ code: 'PYTHON_ERROR', message: 'x' })).toEqual({ traceback: undefined, line: undefined })
  expect(pythonFailureOf({ ...error, code: 'WORKER_LOST' })).toBeUndefined()
})
