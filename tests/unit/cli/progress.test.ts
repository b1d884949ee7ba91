import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createProgress, progressText } from '../../../cli/progress.ts'
import { keptStream } from './fake-io.ts'

const clearLine = '\r\x1b[2K'

describe('what the line says', () => {
  test.each([
    [{ fraction: 0, title: 'Downloading' }, undefined, '[                    ]   0%  Downloading'],
    [{ fraction: 0.45, title: 'Downloading' }, undefined, '[========>           ]  45%  Downloading'],
    [{ fraction: 1, title: 'Done' }, undefined, '[====================] 100%  Done'],
    [{ fraction: 0.999, title: 'Nearly' }, undefined, '[====================]  99%  Nearly'],
    [
      { fraction: null, title: 'Waiting', detail: 'for another program' },
      undefined,
      '[|]  Waiting  for another program',
    ],
    [
      { fraction: 0.5, title: 'Get', bytesDone: 12_300_000, bytesTotal: 24_600_000 },
      3_200_000,
      '[=========>          ]  50%  Get  12.3 MB of 24.6 MB, 3.2 MB/s',
    ],
    [{ fraction: null, title: 'Get', bytesDone: 500 }, undefined, '[|]  Get  500 B'],
    [{ fraction: null, title: 'evil\x1b[2J\n', detail: '\r' }, undefined, '[|]  evil\\x1b[2J\\x0a  \\x0d'],
  ])('%j', (progress, speed, text) => {
    expect(progressText(progress, speed, '|')).toBe(text)
  })
})

describe('on a terminal', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  test('one line is drawn over and over, never wider than the terminal, and taken away', () => {
    const stream = keptStream({ columns: 30 })
    const progress = createProgress({ stream, style: 'bar' })
    progress.show({ fraction: 0.5, title: 'A title that is too long for this terminal' })
    progress.show({ fraction: null, title: 'Short' })
    progress.clear()
    const drawn = stream.text().split(clearLine)
    expect(drawn).toEqual(['', '[=========>          ]  50% …', '[-]  Short', ''])
    expect(drawn[1]!.length).toBeLessThan(30)
    expect(stream.text()).not.toContain('\n')
  })

  test('the mark turns by itself while nothing is said, and stops when it is taken away', () => {
    const stream = keptStream({ columns: 80 })
    const progress = createProgress({ stream, style: 'bar' })
    progress.show({ fraction: null, title: 'T' })
    vi.advanceTimersByTime(500)
    expect(stream.text().split(clearLine)).toEqual(['', '[/]  T', '[-]  T', '[\\]  T'])
    progress.clear()
    const before = stream.text()
    vi.advanceTimersByTime(5000)
    expect(stream.text()).toBe(before)
  })

  test('the speed is that of the last seconds of this step', () => {
    const stream = keptStream({ columns: 200 })
    let time = 0
    const progress = createProgress({ stream, style: 'bar', now: () => time })
    const showAt = (at: number, bytesDone: number, title = 'Get') => {
      time = at
      progress.show({ fraction: null, title, bytesDone })
      return stream.text().split(clearLine).at(-1)
    }
    expect(showAt(0, 0)).toBe('[/]  Get  0 B')
    expect(showAt(1000, 1_000_000)).toBe('[-]  Get  1.0 MB, 1.0 MB/s')
    expect(showAt(10_000, 2_000_000)).toBe('[\\]  Get  2.0 MB, 111.1 kB/s')
    expect(showAt(10_500, 3_000_000)).toContain('210.5 kB/s')
    expect(showAt(13_000, 3_000_000)).toContain('333.3 kB/s')
    expect(showAt(13_100, 5_000, 'Next step')).toBe('[-]  Next step  5.0 kB')
  })

  test('a terminal that does not tell its width is an ordinary one', () => {
    const stream = keptStream({ columns: 0 })
    createProgress({ stream, style: 'bar' }).show({ fraction: null, title: 'Title' })
    expect(stream.text()).toBe(`${clearLine}[/]  Title`)
  })

  test('taken away before anything was shown, it writes nothing', () => {
    const stream = keptStream({ columns: 80 })
    createProgress({ stream, style: 'bar' }).clear()
    expect(stream.text()).toBe('')
  })
})

describe('elsewhere', () => {
  test('each step is said once, in plain text', () => {
    const stream = keptStream()
    const progress = createProgress({ stream, style: 'lines' })
    for (const fraction of [0, 0.2, 1]) progress.show({ fraction, title: 'Downloading', detail: `${fraction}` })
    progress.show({ fraction: null, title: 'Unpacking\x07' })
    progress.show({ fraction: null, title: 'Downloading' })
    progress.clear()
    expect(stream.text()).toBe('Downloading\nUnpacking\\x07\n')
  })

  test('off means nothing', () => {
    const stream = keptStream({ columns: 80 })
    const progress = createProgress({ stream, style: 'off' })
    progress.show({ fraction: 0, title: 'Downloading' })
    progress.clear()
    expect(stream.text()).toBe('')
  })
})
