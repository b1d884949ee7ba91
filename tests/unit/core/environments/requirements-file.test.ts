import { expect, it } from 'vitest'
import { AppError } from '../../../../contract/index.ts'
import { parseRequirementsFile } from '../../../../core/environments/requirements-file.ts'

function failure(text: string): AppError {
  try {
    parseRequirementsFile(text)
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
  throw new Error('It was expected to fail, and did not')
}

it('takes one package a line, and leaves out what is none', () => {
  const text = [
    '\uFEFF# all of them',
    'fastapi>=0.1 # the front',
    '',
    '   ',
    '  uvicorn[standard] ; python_version < "3.13"\t',
    'numpy \\',
    '  >=1.26, \\',
    '  <3',
    '# pandas \\',
    'six#1',
    'idna==3.7\\',
  ]
  const read = ['fastapi>=0.1', 'uvicorn[standard] ; python_version < "3.13"', 'numpy   >=1.26,   <3']
  for (const end of ['\n', '\r\n', '\r'])
    expect(parseRequirementsFile([...text.slice(0, 9), 'six'].join(end))).toEqual([...read, 'six'])
  expect(parseRequirementsFile('')).toEqual([])
  expect(parseRequirementsFile('# nothing\n\n')).toEqual([])
  // A `#` in the middle of a word begins no comment, and a backslash at the very end continues nothing.
  expect(failure(text.join('\n')).details).toMatchObject({ lines: [{ line: 10, text: 'six#1' }, { line: 11 }] })
})

it.each([
  ['-r other.txt', 'it names another file'],
  ['--requirement=other.txt', 'it names another file'],
  ['-c limits.txt', 'it names a file of constraints'],
  ['-e .', 'it names a folder of sources'],
  ['--index-url https://host/simple', 'it has an option'],
  ['numpy==2.0 --hash=sha256:abc', 'it has an option'],
  ['https://host/thing-1.0.whl', 'it is an address, or has one'],
  ['git+ssh://git@host/thing', 'it is an address, or has one'],
  ['thing @ file:///home/me/thing', 'it is an address, or has one'],
  ['./thing', 'it is a path'],
  ['C:\\thing', 'it is a path'],
  ['../up', 'it is a path'],
  ['thing-1.0-py3-none-any.whl', 'it is a file'],
  ['numpy 2', 'it is not a package requirement'],
  ['numpy=2', 'it is not a package requirement'],
])('refuses %s: %s', (line, problem) => {
  const refused = failure(`six\n\n${line}\nidna`)
  expect(refused).toMatchObject({ code: 'INVALID_PARAMS', details: { badLines: 1 } })
  expect(refused.message).toContain(`Line 3 cannot be used: ${problem}: `)
  expect(refused.message).toContain(line.slice(0, 8))
})

it('tells every bad line at once, and no password', () => {
  const refused = failure('-r a\nhttps://me:s3cret@host/x\nsix\nhttps://me:s3cret@host/y')
  expect(refused.message).toMatch(/^Line 1 cannot be used: .*, and 2 more like it$/u)
  expect(refused.details?.['lines']).toMatchObject([{ line: 1 }, { line: 2 }, { line: 4 }])
  expect(JSON.stringify([refused.message, refused.details])).not.toContain('s3cret')
})

it('counts a line that goes on by its first number, with what is wrong in its continuation', () => {
  const refused = failure('six\nnumpy==2.0 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\nidna')
  expect(refused.details).toMatchObject({
    badLines: 1,
    lines: [{ line: 2, problem: expect.stringContaining('it has an option') }],
  })
})

it('is not drowned by a file that is none', () => {
  const refused = failure(Array.from({ length: 5000 }, () => '<html>').join('\n'))
  expect(refused.details).toMatchObject({ badLines: 5000 })
  expect(refused.details?.['lines']).toHaveLength(20)
})
