import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Progress } from '../../../../contract/index.ts'
import { progressReporter } from '../../../../core/jobs/progress.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }))
afterEach(() => void vi.useRealTimers())

function setUp() {
  const told: Progress[] = []
  return { told, reporter: progressReporter((progress) => told.push(progress)) }
}
const at = (fraction: number | null, title = 'x'): Progress => ({ fraction, title })

describe('progress', () => {
  it('is told at once at first, and then thinned out to the latest', () => {
    const { told, reporter } = setUp()
    for (let percent = 0; percent <= 50; percent += 1) reporter.report(at(percent / 100))
    expect(told).toEqual([at(0)])
    vi.advanceTimersByTime(99)
    expect(told).toHaveLength(1)
    vi.advanceTimersByTime(1)
    expect(told).toEqual([at(0), at(0.5)])
    vi.advanceTimersByTime(1000)
    expect(told).toHaveLength(2)
    reporter.report(at(0.6))
    expect(told).toHaveLength(3)
  })

  it('never falls, never leaves 0 to 1, and survives nonsense', () => {
    const { told, reporter } = setUp()
    for (const fraction of [-1, 0.5, 0.3, Number.NaN, null, 0.4, 7, 0.1, Number.POSITIVE_INFINITY]) {
      reporter.report(at(fraction))
      vi.advanceTimersByTime(100)
    }
    expect(told.map((progress) => progress.fraction)).toEqual([0, 0.5, 0.5, 0.5, null, 0.5, 1, 1, 1])
  })

  it('keeps what else is said', () => {
    const { told, reporter } = setUp()
    const progress = { fraction: 0.5, title: 'Downloading', detail: 'é', bytesDone: 1, bytesTotal: 2 }
    reporter.report(progress)
    expect(told).toEqual([progress])
  })

  it('ends with the work: the last word is handed over, and late ones are lost', () => {
    const { told, reporter } = setUp()
    reporter.report(at(0.1))
    reporter.report(at(0.9, 'last'))
    expect(reporter.stop()).toEqual(at(0.9, 'last'))
    reporter.report(at(1))
    vi.advanceTimersByTime(1000)
    expect(told).toEqual([at(0.1)])
    expect(vi.getTimerCount()).toBe(0)
  })

  it('has no last word where all was told', () => {
    const { reporter } = setUp()
    expect(reporter.stop()).toBeUndefined()
  })
})
