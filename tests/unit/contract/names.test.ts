import { describe, expect, it } from 'vitest'
import { nameProblem, nameSchema, requirementSchema, sameName } from '../../../contract/index.ts'

const accepted = [
  'demo',
  'a',
  'Mein Projekt',
  'données été',
  'naïve café ☕',
  'データ分析',
  'проект 1',
  'heart ❤️',
  'thumbs 👍',
  'a.b.c',
  'v1.0_final-2',
  'admin',
  'console',
  'com',
  'com10',
  "it's",
  'a & b (c) [d] {e} #1 50% $HOME ~x ^ ! @ + = , ;',
  'x'.repeat(100),
  'é'.repeat(90),
  '日'.repeat(60),
]

const refused: readonly (readonly [string, RegExp])[] = [
  ['', /empty/u],
  ['..', /starts with/u],
  ['.', /starts with/u],
  ['.hidden', /starts with/u],
  ['../x', /the character \//u],
  ['..\\x', /the character \\/u],
  ['a/b', /the character \//u],
  ['a\\b', /the character \\/u],
  ['/etc/passwd', /the character \//u],
  ['C:', /the character :/u],
  ['a:stream', /the character :/u],
  ['what?', /the character \?/u],
  ['*', /the character \*/u],
  ['"a"', /the character "/u],
  ['a<b', /the character </u],
  ['a|b', /the character \|/u],
  ['-rf', /starts with/u],
  ['--help', /starts with/u],
  [' a', /starts with/u],
  ['a ', /ends with/u],
  ['a.', /ends with/u],
  ['a...', /ends with/u],
  ['a\u00A0', /ends with/u],
  ['\u3000a', /starts with/u],
  ['CON', /Windows/u],
  ['con', /Windows/u],
  ['con.txt', /Windows/u],
  ['con .txt', /Windows/u],
  ['CON.tar.gz', /Windows/u],
  ['nul', /Windows/u],
  ['Aux', /Windows/u],
  ['PRN.x', /Windows/u],
  ['com1', /Windows/u],
  ['COM¹', /Windows/u],
  ['lpt9.log', /Windows/u],
  ['CONIN$', /Windows/u],
  ['conout$', /Windows/u],
  ['x'.repeat(101), /101 characters/u],
  ['x'.repeat(300), /300 characters/u],
  ['日'.repeat(61), /183 bytes/u],
  ['👍'.repeat(46), /184 bytes/u],
  ['a\nb', /invisible or control/u],
  ['a\0b', /invisible or control/u],
  ['a\tb', /invisible or control/u],
  ['a\u001b[31m', /invisible or control/u],
  ['a\u007f', /invisible or control/u],
  ['invoice\u202Egnp.exe', /invisible or control/u],
  ['a\u200Bb', /invisible or control/u],
  ['a\u2066b', /invisible or control/u],
  ['\uFEFFa', /invisible or control/u],
  ['a\u2028b', /invisible or control/u],
  ['\u3164', /invisible or control/u],
  ['a\uD800', /invisible or control/u],
  ['cafe\u0301', /normal form C/u],
]

describe('a name', () => {
  it.each(accepted)('may be %j', (name) => {
    expect(nameProblem(name)).toBeUndefined()
    expect(nameSchema.parse(name)).toBe(name)
  })

  it.each(refused)('may not be %j', (name, why) => {
    expect(nameProblem(name)).toMatch(why)
    const checked = nameSchema.safeParse(name)
    expect(checked.error?.issues[0]?.message).toMatch(why)
  })

  it('is refused without printing what was hidden in it, and without printing all of it', () => {
    const message = nameSchema.safeParse(`\u009b2J\u202E${'x'.repeat(10_000)}`).error?.issues[0]?.message ?? ''
    expect(message).toMatch(/^"\\u\{9b\}2J\\u\{202e\}xxx/u)
    expect(message.length).toBeLessThan(150)
  })

  it.each([
    ['Demo', 'demo', true],
    ['É', 'é', true],
    ['ΟΔΟΣ', 'οδος', true],
    ['οδοσ', 'οδος', true],
    ['straße', 'STRASSE', true],
    ['demo', 'demo1', false],
    ['e', 'é', false],
  ])('%j and %j are the same folder: %s', (a, b, expected) => {
    expect(sameName(a, b)).toBe(expected)
    expect(sameName(b, a)).toBe(expected)
  })
})

const requirements = [
  'numpy',
  'pandas>=2.2',
  'pandas >= 2.2, < 3',
  'uvicorn[standard]',
  'uvicorn [standard, http2]>=0.30',
  'torch==2.4.0+cu121',
  'x==1!2.0.post1',
  'django~=5.0',
  'a===1.0-weird',
  'numpy==1.*',
  'zope.interface',
  'ruamel.yaml.clib',
  'Jinja2',
  "tomli; python_version < '3.11'",
  'pywin32 ; sys_platform == "win32" and (python_version >= "3.9" or extra == "x")',
]

const noRequirements = [
  '',
  ' ',
  '-r x',
  '-e .',
  '--index-url',
  '--index-url=http://evil',
  'numpy --index-url http://evil',
  'numpy; --index-url http://evil',
  "numpy ; python_version > '3' --hash=x",
  'numpy -r /etc/passwd',
  'file:///etc/passwd',
  '/etc/passwd',
  './package',
  '../package',
  '.',
  'C:\\package',
  'package.whl',
  'numpy-1.0-py3-none-any.whl',
  'evil.ZIP',
  'evil.tar.gz',
  'evil.tar.gz[extra]',
  'evil.zip ; python_version > "3"',
  'pkg @ https://example.invalid/pkg.whl',
  'pkg@https://example.invalid/pkg.whl',
  'git+https://example.invalid/pkg',
  'https://example.invalid/pkg.whl',
  'numpy\n-r x',
  'numpy\n==1.0',
  'numpy[\nx]',
  'numpy==1.0\r\nevil',
  'numpy evil',
  'numpy,evil',
  'numpy==',
  'numpy[',
  '$(touch x)',
  '`x`',
  'numpy\\',
  '_x',
  'nümpy',
  'numpy\u202E',
  'numpy\0',
]

describe('a requirement', () => {
  it.each(requirements)('may be %j', (text) => {
    expect(requirementSchema.parse(text)).toBe(text)
  })

  it.each(noRequirements)('may not be %j', (text) => {
    expect(requirementSchema.safeParse(text).success).toBe(false)
  })

  it('loses the white space around it', () => {
    expect(requirementSchema.parse('  numpy>=2\n')).toBe('numpy>=2')
  })

  it('is refused by its length before any pattern works through it', () => {
    const checked = requirementSchema.safeParse(`a${' '.repeat(1_000_000)}!`)
    expect(checked.error?.issues.map((issue) => issue.message)).toEqual([
      'a package requirement has at most 300 characters',
    ])
  })

  it('is quoted in the refusal, without what could upset a terminal', () => {
    const message = requirementSchema.safeParse('numpy\u001b[2J\u202E').error?.issues[0]?.message
    expect(message).toBe('"numpy\\u001b[2J\\u{202e}" is not a package requirement such as numpy or "pandas>=2.2"')
  })
})
