import { expect, test } from 'vitest'
import { plain, settledText } from '../../../renderer/lib/terminal-text.ts'

test('colours and links for terminals are not shown', () => {
  expect(plain('\u001B[1;31mred\u001B[0m and \u001B]8;;x\u0007a link\u001B]8;;\u0007')).toBe('red and a link')
  expect(plain('no [31m here')).toBe('no [31m here')
})

test('what was written over is shown as it was written last', () => {
  expect(settledText('10%\r 50%\r100%\ndone\n')).toBe('100%\ndone\n')
  // A shorter text leaves the rest of the longer one, as on a terminal.
  expect(settledText('loading\rok')).toBe('okading')
  expect(settledText('ab\b\bxy')).toBe('xy')
})

test('lines that end as on Windows are lines', () => {
  expect(settledText('one\r\ntwo\r\r\n')).toBe('one\ntwo\n')
  expect(settledText('\u001B[32mgreen\u001B[0m\r\n')).toBe('green\n')
})
