import { describe, expect, it } from 'vitest'
import { EventQueue } from '../../../client/src/event-queue.ts'

function queue(most = 10) {
  const levels: boolean[] = []
  let left = 0
  const made = new EventQueue<string>(
    most,
    (isFull) => levels.push(isFull),
    () => (left += 1),
  )
  return { made, levels, left: () => left }
}

describe('EventQueue', () => {
  it('gives what was pushed before and after it was asked', async () => {
    const { made } = queue()
    made.push('a', 1)
    expect(await made.next()).toEqual({ done: false, value: 'a' })
    const waiting = made.next()
    made.push('b', 1)
    expect(await waiting).toEqual({ done: false, value: 'b' })
    const last = made.next()
    made.end()
    expect(await last).toEqual({ done: true, value: undefined })
    expect(await made.next()).toEqual({ done: true, value: undefined })
  })

  it('tells when it is full, and when it is half empty again', async () => {
    const { made, levels } = queue(10)
    for (const item of ['a', 'b', 'c', 'd']) made.push(item, 4)
    expect([levels, made.isFull]).toEqual([[true], true])
    await made.next()
    await made.next()
    expect(levels).toEqual([true])
    await made.next()
    expect([levels, made.isFull]).toEqual([[true, false], false])
  })

  it('gives what waits before the error, and the error once', async () => {
    const { made } = queue()
    made.push('a', 1)
    made.end(new RangeError('x'))
    expect((await made.next()).value).toBe('a')
    await expect(made.next()).rejects.toThrow(RangeError)
    expect(await made.next()).toEqual({ done: true, value: undefined })
  })

  it('drops everything when the reader leaves', async () => {
    const { made, levels, left } = queue(1)
    made.push('a', 5)
    expect(await made.return()).toEqual({ done: true, value: undefined })
    expect([left(), levels, (await made.next()).done]).toEqual([1, [true, false], true])
  })
})
