import { describe, expect, test } from 'vitest'
import { workerNamedIn, workerOf } from '../../../client/src/worker-ids.ts'
import { WorkerWish } from '../../../client/src/worker-wish.ts'

describe('whose it is', () => {
  test('ids of several workers say so', () => {
    expect(['h2.1-5', 's64.12-1', 'h12.3-4'].map(workerOf)).toEqual([2, 64, 12])
    for (const id of ['h1-5', 's1-1', 'p12-1', 'hp12-1-3', 'h0.1-1', 'h100.1-1', 'x2.1-1', 'h2.1', undefined, 7])
      expect(workerOf(id)).toBeUndefined()
  })

  test('a request says so by its session, or by a handle at any depth', () => {
    expect(workerNamedIn({ sessionId: 's2.1-1', handleId: 'h2.1-1' })).toBe(2)
    expect(workerNamedIn({ moduleHandleId: 'h3.1-1', className: 'x' })).toBe(3)
    expect(workerNamedIn({ expression: 'x', locals: { x: [1, null, { a: { handleId: 'h2.4-1' } }] } })).toBe(2)
    expect(workerNamedIn({ expression: 'h2.1-1', locals: { x: 'h2.1-1', y: { value: 'h3.1-1' } } })).toBeUndefined()
    expect(workerNamedIn({ handleId: 'h1-1' })).toBeUndefined()
  })
})

describe('the worker that a client wishes for', () => {
  test('is none before it has met one', () => {
    expect(new WorkerWish().of('wrap', {})).toBeUndefined()
  })

  test('is the one that it met, for what leaves an object behind; for all, once it has left one', () => {
    const wish = new WorkerWish()
    wish.met(2, false)
    expect(['import', 'create', 'wrap', 'eval', 'execute'].map((command) => wish.of(command, {}))).toEqual([
      2,
      2,
      2,
      undefined,
      undefined,
    ])
    wish.met(1, true)
    expect(['wrap', 'eval', 'execute'].map((command) => wish.of(command, {}))).toEqual([1, 1, 1])
    wish.met(2, true)
    expect(wish.of('eval', {})).toBe(1)
  })

  test('is none in a session, whose worker has its objects', () => {
    const wish = new WorkerWish()
    wish.met(2, true)
    expect(wish.of('wrap', { sessionId: 's1.1-1' })).toBeUndefined()
  })
})
