import { describe, expect, it } from 'vitest'
import {
  readRequirementsFile,
  splitRequirements,
  union,
} from '../../../../renderer/features/environments/requirements.ts'

describe('what was typed or pasted becomes one text a requirement', () => {
  it.each([
    ['numpy', ['numpy']],
    ['  pandas >= 2.2 , < 3 ', ['pandas >= 2.2 , < 3']],
    ['numpy pandas', ['numpy', 'pandas']],
    ['numpy, pandas>=2,<3', ['numpy', 'pandas>=2,<3']],
    ['numpy,pandas', ['numpy', 'pandas']],
    ['"requests[socks]"', ['requests[socks]']],
    [`'numpy' "pandas>=2"`, ['numpy', 'pandas>=2']],
    ['pip install numpy pandas', ['numpy', 'pandas']],
    ['python -m pip install numpy', ['numpy']],
    ['uv pip install "numpy"', ['numpy']],
    ['numpy==2.3.0  # the newest\n\n# a remark\npandas', ['numpy==2.3.0', 'pandas']],
    ['numpy\r\npandas\r\n', ['numpy', 'pandas']],
    ['httpx; python_version < "3.13"', ['httpx; python_version < "3.13"']],
    ['', []],
  ])('%j', (text, expected) => {
    expect(splitRequirements(text)).toEqual(expected)
  })

  it('what is none stays whole, so that the user sees what is meant', () => {
    expect(splitRequirements('pip install -U numpy')).toEqual(['-U numpy'])
    expect(splitRequirements('bad package!')).toEqual(['bad package!'])
    expect(splitRequirements('./wheels/a.whl')).toEqual(['./wheels/a.whl'])
  })
})

it('lists go together without what is there twice', () => {
  expect(union(['numpy', 'pandas'], ['Numpy', 'pandas >=2', 'pandas>=2'])).toEqual(['Numpy', 'pandas', 'pandas>=2'])
})

it('a requirements file is read as far as a preview can be made of it', () => {
  const text =
    '# made by hand\nnumpy==2.3.0\n\n-r other.txt\npandas>=2.2 # tables\nfoo @ https://example.invalid/foo.whl\n'
  expect(readRequirementsFile(text)).toEqual({
    requirements: ['numpy==2.3.0', 'pandas>=2.2'],
    others: ['-r other.txt', 'foo @ https://example.invalid/foo.whl'],
  })
  expect(readRequirementsFile('numpy==2.3.0 \\\n    --hash=sha256:abc\n')).toEqual({
    requirements: [],
    others: ['numpy==2.3.0      --hash=sha256:abc'],
  })
})
