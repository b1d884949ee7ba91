import { describe, expect, it } from 'vitest'
import {
  createPipReader,
  createUvReader,
  distribution,
  shortList,
} from '../../../../../core/environments/installer/progress.ts'

describe('pip', () => {
  it('tells what is collected, downloaded byte by byte, built and installed', () => {
    const reader = createPipReader(true)
    const lines = [
      'Looking in indexes: http://x/simple',
      'Collecting numpy>=2 (from -r x)',
      '  Downloading numpy-2.1.0-cp312-cp312-manylinux_2_17_x86_64.whl.metadata (60 kB)',
      'Downloading numpy-2.1.0-cp312-cp312-manylinux_2_17_x86_64.whl (16.0 MB)',
      'Progress 4000000 of 16000000',
      'Progress 5000000 of 0',
      'Using cached idna-3.7-py3-none-any.whl (66 kB)',
      'Processing /home/x y/wheels/six-1.16.0-py2.py3-none-any.whl (from b)',
      "  Preparing metadata (pyproject.toml): finished with status 'done'",
      'Building wheels for collected packages: lxml',
      '  Building wheel for lxml (pyproject.toml): started',
      'Installing collected packages: six, numpy, idna, lxml, pytz',
      'Successfully installed numpy-2.1.0',
    ]
    expect(lines.map((line) => reader.read(line)?.detail)).toEqual([
      undefined,
      'Collecting numpy>=2',
      'Downloading numpy 2.1.0 (60 kB)',
      'Downloading numpy 2.1.0 (16.0 MB)',
      'Downloading numpy 2.1.0, 4.0 MB of 16.0 MB',
      'Downloading numpy 2.1.0, 5.0 MB',
      'Using cached idna 3.7',
      'Using six 1.16.0',
      'Preparing metadata',
      'Building lxml',
      'Building lxml',
      'Installing six, numpy, idna, lxml and 1 more',
      undefined,
    ])
    expect(reader.read('Progress 4 of 16')).toMatchObject({ bytesDone: 4, bytesTotal: 16 })
  })

  it('is patient where pip is silent: a download without byte counts, the unpacking', () => {
    const counting = createPipReader(true)
    counting.read('Downloading big-1.0-py3-none-any.whl (2 GB)')
    expect(counting.patience()).toBe(1)
    const silent = createPipReader(false)
    silent.read('Downloading big-1.0-py3-none-any.whl (2 GB)')
    expect(silent.patience()).toBeGreaterThan(1)
    silent.read('Collecting other')
    expect(silent.patience()).toBe(1)
    silent.read('Installing collected packages: big')
    expect(silent.patience()).toBeGreaterThan(1)
  })
})

describe('uv', () => {
  it('tells its few lines', () => {
    const reader = createUvReader()
    const lines = [
      'Using Python 3.13.0 environment at: .',
      'Resolved 2 packages in 116ms',
      'Downloading numpy (15.0MiB)',
      ' Downloaded numpy',
      '   Building lxml==5.0',
      '      Built lxml==5.0',
      'Prepared 2 packages in 217ms',
      'Installed 1 package in 16ms',
      ' + numpy==2.5.5',
    ]
    expect(lines.map((line) => reader.read(line)?.detail)).toEqual([
      undefined,
      'Resolved 2 packages',
      'Downloading numpy (15.0MiB)',
      'Downloaded numpy',
      'Building lxml==5.0',
      'Built lxml==5.0',
      'Installing 2 packages',
      'Installed 1 package',
      undefined,
    ])
  })

  it('is patient from the end of the resolving on, for then uv says nothing of small downloads', () => {
    const reader = createUvReader()
    expect(reader.patience()).toBe(1)
    reader.read('Resolved 80 packages in 2s')
    expect(reader.patience()).toBeGreaterThan(5)
  })
})

it('names a distribution by its file', () => {
  expect(distribution('https://x/y/torch-2.5.1%2Bcpu-cp311-cp311-linux_x86_64.whl?a=b')).toBe('torch 2.5.1+cpu')
  expect(distribution('python-dateutil-2.9.0.tar.gz')).toBe('python-dateutil 2.9.0')
  expect(distribution('C:\\wheels\\six-1.16.0-py2.py3-none-any.whl')).toBe('six 1.16.0')
  expect(distribution('strange%zz')).toBe('strange%zz')
})

it('shortens long lists', () => {
  expect(shortList(['a', 'b'])).toBe('a, b')
  expect(shortList(['a', 'b', 'c', 'd', 'e', 'f'])).toBe('a, b, c, d and 2 more')
})
