import { describe, expect, test } from 'vitest'
import { printedText, pythonText } from '../../../cli/text/python.ts'
import { fields, table } from '../../../cli/text/table.ts'
import { bytes, localTime, shortTime } from '../../../cli/text/units.ts'
import { displayWidth, truncate, visible } from '../../../cli/text/visible.ts'

describe('text from outside', () => {
  test.each([
    ['plain é 日本', 'plain é 日本'],
    ['\x1b[31mred\x1b[0m', '\\x1b[31mred\\x1b[0m'],
    ['over\rwrite\nand more\t', 'over\\x0dwrite\\x0aand more\\x09'],
    ['\u202egnp.exe', '\\u202egnp.exe'],
    ['zero\u200bwidth', 'zero\\u200bwidth'],
    ['c1 \x9b31m', 'c1 \\x9b31m'],
    ['tag \u{e0041}', 'tag \\u{e0041}'],
  ])('%j cannot move the cursor', (text, shown) => {
    expect(visible(text)).toBe(shown)
  })

  test('may have lines and tabs where there is room for them, and nothing else', () => {
    expect(visible('a\r\nb\tc\rd\x1b', { multiline: true })).toBe('a\nb\tc\\x0dd\\x1b')
  })

  test('is as wide as a terminal draws it', () => {
    expect(['abc', 'é', 'e\u0301', '日本', '👍', 'a👍b'].map(displayWidth)).toEqual([3, 1, 1, 4, 2, 4])
  })

  test('is cut to columns, not to characters', () => {
    expect([truncate('abcdef', 6), truncate('abcdef', 4), truncate('日本語', 4), truncate('abc', 0)]).toEqual([
      'abcdef',
      'abc…',
      '日…',
      '',
    ])
  })
})

describe('tables', () => {
  test('align by width, neutralise, and show what is empty', () => {
    const rows = [
      { name: '日本', size: 5 },
      { name: 'evil\x1b[2J', size: 1234 },
      { name: '', size: 0 },
    ]
    const text = table(rows, [
      { title: 'name', cell: ({ name }) => name },
      { title: 'size', cell: ({ size }) => String(size), align: 'right' },
      { title: 'end', cell: ({ name }) => name },
    ])
    expect(text).toMatchInlineSnapshot(`
      "NAME         SIZE  END
      日本            5  日本
      evil\\x1b[2J  1234  evil\\x1b[2J
      -               0  -"
    `)
  })

  test('of fields put the values into one column', () => {
    expect(
      fields([
        ['a', '1'],
        ['long', 'two\nlines'],
        ['none', ''],
      ]),
    ).toMatchInlineSnapshot(`
      "a     1
      long  two\\x0alines
      none  -"
    `)
  })
})

test('bytes are told as people read them', () => {
  const counts = [0, 999, 1000, 1049, 999_949, 999_950, 27_400_000, 1_000_000_000, 5e15]
  expect(counts.map(bytes)).toEqual([
    '0 B',
    '999 B',
    '1.0 kB',
    '1.0 kB',
    '999.9 kB',
    '1.0 MB',
    '27.4 MB',
    '1.0 GB',
    '5000.0 TB',
  ])
})

test('a time is told in the time zone of the user, and what is none stays', () => {
  expect(localTime(new Date(2026, 0, 31, 9, 5, 7).toISOString())).toBe('2026-01-31 09:05:07')
  expect(localTime('soon')).toBe('soon')
  expect([0.00008, 0.0042, 0.12, 2.5].map(shortTime)).toEqual(['0.08 ms', '4.2 ms', '120 ms', '2.5 s'])
})

describe('a value in wire form reads as Python', () => {
  test.each<[unknown, string]>([
    [null, 'None'],
    [true, 'True'],
    ["it's", `"it's"`],
    ['a\n\\', String.raw`'a\n\\'`],
    [[1, 2.5, [false]], '[1, 2.5, [False]]'],
    [{ a: 1, b: [null] }, "{'a': 1, 'b': [None]}"],
    [{ $type: 'int', value: '12345678901234567890' }, '12345678901234567890'],
    [{ $type: 'float', value: 'nan' }, 'nan'],
    [{ $type: 'complex', real: 1, imag: { $type: 'float', value: 'inf' } }, 'complex(1, inf)'],
    [{ $type: 'bytes', base64: Buffer.from("\0a'\\").toString('base64') }, String.raw`b'\x00a\x27\x5c'`],
    [{ $type: 'tuple', items: [1] }, '(1,)'],
    [{ $type: 'tuple', items: [] }, '()'],
    [{ $type: 'set', items: [] }, 'set()'],
    [{ $type: 'set', items: [1, 'a'] }, "{1, 'a'}"],
    [{ $type: 'frozenset', items: [1] }, 'frozenset({1})'],
    [
      {
        $type: 'dict',
        items: [
          [1, 'a'],
          [{ $type: 'tuple', items: [1, 2] }, 3],
        ],
      },
      "{1: 'a', (1, 2): 3}",
    ],
    [{ $type: 'timedelta', days: 0, seconds: 1, microseconds: 5 }, 'timedelta(days=0, seconds=1, microseconds=5)'],
    [{ $type: 'decimal', value: '1.10' }, "decimal('1.10')"],
    [{ $type: 'date', value: '2026-01-31' }, "date('2026-01-31')"],
  ])('%j', (value, text) => {
    expect(pythonText(value)).toBe(text)
  })

  test('but a string alone is itself, and a whole float keeps its point', () => {
    expect([
      printedText("it's\n", 'str'),
      printedText(2, 'float'),
      printedText(2.5, 'float'),
      printedText(2, 'int'),
    ]).toEqual(["it's\n", '2.0', '2.5', '2'])
  })
})
