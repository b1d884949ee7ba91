import { describe, expect, test } from 'vitest'
import { failureText, printFailure } from '../../../cli/failure.ts'
import { createOutput, wantsColor } from '../../../cli/output.ts'
import type { OutputOptions } from '../../../cli/output.ts'
import { keptStream } from './fake-io.ts'

function outputWith(options: Partial<OutputOptions> = {}) {
  const stdout = keptStream()
  const stderr = keptStream()
  const output = createOutput({ stdout, stderr, json: false, quiet: false, color: () => false, ...options })
  return { output, stdout, stderr }
}

const answer = { json: { a: [1] }, text: 'one thing', notes: ['and a hint'] }
const progress = { fraction: 0.5, title: 'Step' }
const plain = (_style: string, text: string) => text

describe('an answer', () => {
  test('for people: text on stdout, the rest on stderr', () => {
    const { output, stdout, stderr } = outputWith()
    output.progress(progress)
    output.answer(answer)
    expect([stdout.text(), stderr.text()]).toEqual(['one thing\n', 'Step\nand a hint\n'])
  })

  test('with --json: the document and nothing else, on either stream', () => {
    const { output, stdout, stderr } = outputWith({ json: true })
    output.progress(progress)
    output.note('a note')
    output.answer(answer)
    expect([stdout.text(), stderr.text()]).toEqual(['{"a":[1]}\n', ''])
  })

  test('with --json on a terminal: the document indented, and a bar on stderr that is taken away again', () => {
    const stdout = keptStream({ columns: 80 })
    const stderr = keptStream({ columns: 80 })
    const { output } = outputWith({ json: true, stdout, stderr })
    output.progress(progress)
    output.answer(answer)
    expect(stdout.text()).toBe('{\n  "a": [\n    1\n  ]\n}\n')
    expect(stderr.text()).toBe('\r\x1b[2K[=========>          ]  50%  Step\r\x1b[2K')
  })

  test('with --quiet: the answer alone', () => {
    const { output, stdout, stderr } = outputWith({ quiet: true })
    output.progress(progress)
    output.log('a log line')
    output.answer(answer)
    expect([stdout.text(), stderr.text()]).toEqual(['one thing\n', ''])
  })

  test('never stands on the line of the bar', () => {
    const stderr = keptStream({ columns: 80 })
    const { output } = outputWith({ stderr })
    output.progress(progress)
    output.note('a note')
    output.endProgress()
    expect(stderr.text()).toBe('\r\x1b[2K[=========>          ]  50%  Step\r\x1b[2Ka note\n')
  })
})

describe('a failure', () => {
  const failure = {
    code: 'SERVER_FAILED' as const,
    message: 'Server "evil\x1b" ended',
    hint: 'Look at its log',
    details: { argv: ['python', '-c', 'print(1)'], exitCode: 3, lastLines: ['one', 'two\x1b[1m'], pid: 7 },
  }

  test('for people: the sentence, the evidence, the way out, on stderr', () => {
    const { output, stdout, stderr } = outputWith()
    printFailure(output, failure)
    expect(stdout.text()).toBe('')
    expect(stderr.text()).toMatchInlineSnapshot(`
      "error: Server "evil\\x1b" ended
        command: python -c "print(1)"
        exit code: 3
        | one
        | two\\x1b[1m
      hint: Look at its log
      "
    `)
  })

  test('of several things: each with its reason', () => {
    const failed = [
      { name: 'a\x1b', error: { code: 'TIMEOUT', message: 'too slow' } },
      { name: 'b', error: { code: 'NOT_FOUND', message: 'gone' } },
      'odd',
    ]
    const info = { code: 'SERVER_FAILED', message: '2 of 5 servers did not start: a, b', details: { failed } } as const
    expect(failureText(info, plain)).toBe('error: 2 of 5 servers did not start: a, b\n  a\\x1b: too slow\n  b: gone')
  })

  test('with --json: one document, with the details as they are', () => {
    const { output, stdout, stderr } = outputWith({ json: true })
    printFailure(output, failure)
    expect(JSON.parse(stdout.text())).toEqual({ error: failure })
    expect(stderr.text()).toBe('')
  })

  test('with --json, after the one document is out: on stderr', () => {
    const { output, stdout, stderr } = outputWith({ json: true })
    output.answer(answer)
    printFailure(output, { code: 'TIMEOUT', message: 'Too late' })
    expect([stdout.text(), stderr.text()]).toEqual(['{"a":[1]}\n', 'error: Too late\n'])
  })

  test('of Python: its traceback first, and the last line of it once', () => {
    const message = 'ZeroDivisionError: division by zero'
    const traceback = `Traceback (most recent call last):\n  File "<eval-1>", line 1\n${message}\n`
    expect(failureText({ code: 'PYTHON_ERROR', message, details: { traceback, exceptionType: 'x' } }, plain)).toBe(
      `Traceback (most recent call last):\n  File "<eval-1>", line 1\nerror: ${message}`,
    )
  })

  test('by a signal: the signal, not the missing exit code', () => {
    const details = { exitCode: null, signal: 'SIGSEGV' }
    expect(failureText({ code: 'WORKER_LOST', message: 'Lost', details }, plain)).toBe('error: Lost\n  signal: SIGSEGV')
  })
})

describe('colour', () => {
  test.each([
    [{}, true, false, true],
    [{ NO_COLOR: '1' }, true, false, false],
    [{ NO_COLOR: '' }, true, false, true],
    [{ TERM: 'dumb' }, true, false, false],
    [{}, false, false, false],
    [{}, true, true, false],
  ])('with %j, on a terminal %s, --no-color %s: %s', (env, isTerminal, noColor, wanted) => {
    expect(wantsColor(keptStream(isTerminal ? { columns: 80 } : undefined), env, noColor)).toBe(wanted)
  })

  test('is around the word and nothing else, and where the text goes decides', () => {
    const stderr = keptStream({ columns: 80 })
    const { output } = outputWith({ stderr, color: (stream) => wantsColor(stream, {}, false) })
    expect(output.paint('error', 'error:')).toBe('\x1b[1;31merror:\x1b[0m')
    expect(output.paintAnswer('dim', 'time')).toBe('time')
  })
})
