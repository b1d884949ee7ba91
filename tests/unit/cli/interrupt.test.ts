import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createInterrupt, orAborted } from '../../../cli/interrupt.ts'

describe('signals', () => {
  test('the first ends in good order, the second at once', () => {
    const atOnce = vi.fn()
    let time = 0
    const interrupt = createInterrupt(atOnce, () => time)
    interrupt.receive('SIGINT')
    expect(interrupt.signal.reason).toMatchObject({ code: 'CANCELLED', message: 'Interrupted by SIGINT' })
    expect(interrupt.received()).toBe('SIGINT')
    time = 1000
    interrupt.receive('SIGTERM')
    expect(atOnce).toHaveBeenCalledExactlyOnceWith('SIGTERM')
    expect(interrupt.received()).toBe('SIGINT')
  })

  test('one key press that arrives twice is one', () => {
    const atOnce = vi.fn()
    let time = 0
    const interrupt = createInterrupt(atOnce, () => time)
    interrupt.receive('SIGINT')
    time = 20
    interrupt.receive('SIGINT')
    expect(atOnce).not.toHaveBeenCalled()
  })
})

describe('a diverted Ctrl+C', () => {
  test('is for somebody else once, and the next one is the first', () => {
    const atOnce = vi.fn()
    const take = vi.fn()
    let time = 0
    const interrupt = createInterrupt(atOnce, () => time)
    interrupt.divert(take)
    interrupt.receive('SIGINT')
    time = 20
    // The same key press, passed on by the launcher.
    interrupt.receive('SIGINT')
    expect(take).toHaveBeenCalledOnce()
    expect(interrupt.signal.aborted).toBe(false)
    time = 1000
    interrupt.receive('SIGINT')
    expect(interrupt.signal.aborted).toBe(true)
    expect(atOnce).not.toHaveBeenCalled()
    time = 2000
    interrupt.receive('SIGINT')
    expect(atOnce).toHaveBeenCalledOnce()
  })

  test('is none any more once it was taken back, and no other signal is', () => {
    const take = vi.fn()
    const interrupt = createInterrupt(() => {})
    interrupt.divert(take)()
    interrupt.receive('SIGINT')
    expect(interrupt.signal.aborted).toBe(true)
    const other = createInterrupt(() => {})
    other.divert(take)
    other.receive('SIGTERM')
    expect(other.signal.aborted).toBe(true)
    expect(take).not.toHaveBeenCalled()
  })
})

describe('the deadline', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  test('ends with TIMEOUT, unless it was only for getting up', () => {
    const late = createInterrupt(() => {})
    late.startDeadline(1.5)
    const up = createInterrupt(() => {})
    up.startDeadline(1.5)
    up.stopDeadline()
    vi.advanceTimersByTime(1500)
    expect(late.signal.reason).toMatchObject({ code: 'TIMEOUT', message: 'Not done after 1.5 s' })
    expect(up.signal.aborted).toBe(false)
  })
})

describe('orAborted', () => {
  const reason = new Error('enough')

  test('gives the result, or the failure, or the reason', async () => {
    const { signal } = new AbortController()
    expect(await orAborted(Promise.resolve(1), signal)).toBe(1)
    await expect(orAborted(Promise.reject(new Error('no')), signal)).rejects.toThrow('no')
    await expect(orAborted(new Promise(() => {}), AbortSignal.abort(reason))).rejects.toBe(reason)
    const later = new AbortController()
    const waiting = orAborted(new Promise(() => {}), later.signal)
    later.abort(reason)
    await expect(waiting).rejects.toBe(reason)
  })
})
