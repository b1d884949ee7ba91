import { expect, test } from 'vitest'
import { giveBack } from '../../../client/src/rpc/give-back.ts'

test('memory of its own is given back', () => {
  const message = new Uint8Array(new ArrayBuffer(100_005), 5)
  giveBack(message)
  expect(message.byteLength).toBe(0)
})

test('memory that others may use, too, stays', () => {
  const shared = new ArrayBuffer(8192)
  const others = new Uint8Array(shared).fill(7)
  giveBack(new Uint8Array(shared, 0, 4000))
  expect(others[8191]).toBe(7)
})
