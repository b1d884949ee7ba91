import { expect, test } from 'vitest'
import {
  badReadyLine,
  endedBeforeReady,
  endedByItself,
  refusedToStart,
  remedyFor,
} from '../../../../core/servers/launch-failure.ts'

const evidence = { argv: ['python', 'engine', 'pool'], exitCode: 1, signal: null, lastLines: ['one', 'two', ''] }

test('an end before the ready line is a failure, with exit code 0 too', () => {
  const error = endedBeforeReady('demo', 'pool', { ...evidence, exitCode: 0, lastLines: [] })
  expect(error.code).toBe('SERVER_FAILED')
  expect(error.message).toBe('The Python process of server demo ended with exit code 0 before it was ready')
  expect(error.details).toEqual({ role: 'pool', ...evidence, exitCode: 0, lastLines: [] })
})

test('an end says how, and the last line that says something', () => {
  const error = endedByItself('demo', 'http', { ...evidence, exitCode: null, signal: 'SIGKILL' })
  expect(error.message).toBe('The HTTP front of server demo was ended by SIGKILL: two')
  expect(error.hint).toContain('beep-host logs demo')
})

test('what a process says of its own end comes before its last line', () => {
  expect(endedByItself('demo', 'pool', evidence, 'five workers died').message).toMatch(
    /exit code 1: five workers died$/,
  )
})

test('a refusal keeps its reason, and a code of the contract', () => {
  const inUse = refusedToStart('demo', 'http', { ready: false, code: 'PORT_IN_USE', message: 'in use' }, evidence)
  expect(inUse.code).toBe('PORT_IN_USE')
  const odd = refusedToStart(
    'demo',
    'pool',
    {
      ready: false,
      code: 'PYTHON_TOO_OLD',
      message: 'Python 3.9 is needed',
      hint: 'take a newer one',
      details: { a: 1 },
    },
    evidence,
  )
  expect(odd).toMatchObject({
    code: 'SERVER_FAILED',
    message: 'Server demo could not start: Python 3.9 is needed',
    hint: 'take a newer one',
    details: { a: 1, reason: 'PYTHON_TOO_OLD', exitCode: 1 },
  })
})

test('a ready line of another version blames the installation', () => {
  expect(badReadyLine('demo', 'pool', 'protocol: 2', evidence).hint).toContain('install the program again')
})

test.each([
  ["ModuleNotFoundError: No module named 'fastapi'", /venv admin/],
  ["python: can't open file '/x/__main__.py': [Errno 2]", /install it again/],
  ["ModuleNotFoundError: No module named 'encodings'", /broken/],
  ['ImportError: DLL load failed while importing _ssl', /does not load/],
  ['OSError: [Errno 28] No space left on device', /disk is full/],
])('%j has a remedy', (line, remedy) => {
  expect(remedyFor(['Traceback', line])).toMatch(remedy)
})

test('what nobody knows has none', () => {
  expect(remedyFor(['it just ended'])).toBeUndefined()
})
