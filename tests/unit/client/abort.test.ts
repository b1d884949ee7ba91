import { describe, expect, it } from 'vitest'
import { abortable, onAbort } from '../../../client/src/abort.ts'

describe('onAbort', () => {
  it('puts one listener on a signal, however many wait for it, and none once nobody does', () => {
    const { signal } = new AbortController()
    let listeners = 0
    const add = signal.addEventListener.bind(signal)
    const remove = signal.removeEventListener.bind(signal)
    signal.addEventListener = (...args: Parameters<typeof add>) => ((listeners += 1), add(...args))
    signal.removeEventListener = (...args: Parameters<typeof remove>) => ((listeners -= 1), remove(...args))
    const stop = (): void => {}
    const releases = Array.from({ length: 100 }, () => onAbort(signal, stop))
    expect(listeners).toBe(1)
    for (const release of releases) release()
    for (const release of releases) release() // a second time does no harm
    expect(listeners).toBe(0)
    onAbort(signal, stop)
    expect(listeners).toBe(1)
  })

  it('tells all who still wait, once, also when one of them leaves meanwhile', () => {
    const abort = new AbortController()
    const heard: unknown[] = []
    const gone = onAbort(abort.signal, () => heard.push('gone'))
    const first = onAbort(abort.signal, (reason) => {
      heard.push(reason)
      first()
      second()
    })
    const second = onAbort(abort.signal, () => heard.push('second'))
    onAbort(abort.signal, (reason) => heard.push(reason))
    gone()
    abort.abort('why')
    expect(heard).toEqual(['why', 'why'])
  })
})

describe('abortable', () => {
  it('is the promise, or the reason', async () => {
    const abort = new AbortController()
    expect(await abortable(Promise.resolve(1), undefined)).toBe(1)
    expect(await abortable(Promise.resolve(1), abort.signal)).toBe(1)
    await expect(abortable(Promise.reject(new Error('no')), abort.signal)).rejects.toThrow('no')
    const never = abortable(new Promise(() => {}), abort.signal)
    const reason = new Error('enough')
    abort.abort(reason)
    await expect(never).rejects.toBe(reason)
    await expect(abortable(new Promise(() => {}), abort.signal)).rejects.toBe(reason)
  })
})
