import { expect, test } from 'vitest'
import type { ExecutionOutput } from '../../../../contract/index.ts'
import {
  onPage,
  outputText,
  pageChars,
  pageDisplays,
  pageLines,
} from '../../../../renderer/features/playground/output-text.ts'

const printed = (text: string, stream: 'stdout' | 'stderr' = 'stdout'): ExecutionOutput => ({
  kind: 'text',
  stream,
  text,
})
const figure: ExecutionOutput = { kind: 'display', data: { 'text/plain': '<Figure>', 'image/png': 'AAAA' } }

test('what is short is all there, as a terminal shows it', () => {
  const output = [printed('a\n'), figure, printed('\u001B[31m1%\r2%\u001B[0m', 'stderr')]
  expect(onPage(output)).toEqual({ output: [printed('a\n'), figure, printed('2%', 'stderr')], isCut: false })
})

test('of many lines the newest', () => {
  const long = Array.from({ length: pageLines + 500 }, (_, at) => `line ${at}`).join('\n')
  const { output, isCut } = onPage([printed('first\n'), printed(long)])
  expect(isCut).toBe(true)
  expect(output).toHaveLength(1)
  const lines = (output[0] as { readonly text: string }).text.split('\n')
  expect(lines).toHaveLength(pageLines)
  expect(lines.at(-1)).toBe(`line ${pageLines + 499}`)
})

test('of many letters the newest, from the beginning of a line', () => {
  const { output, isCut } = onPage([printed(`${'x'.repeat(pageChars)}\nend of it`)])
  expect(isCut).toBe(true)
  expect(output).toEqual([printed('end of it')])
  // One line without an end is cut where it must be.
  expect((onPage([printed('y'.repeat(pageChars * 2))]).output[0] as { readonly text: string }).text).toHaveLength(
    pageChars,
  )
})

test('of many displays the newest', () => {
  const { output, isCut } = onPage(Array.from({ length: pageDisplays + 3 }, () => figure))
  expect(output).toHaveLength(pageDisplays)
  expect(isCut).toBe(true)
})

test('copied and saved is all of it, a display in its plain form', () => {
  expect(outputText([printed('a\n'), figure, printed('b', 'stderr')])).toBe('a\n<Figure>\nb')
})
