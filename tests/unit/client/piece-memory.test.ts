import { expect, it } from 'vitest'
import { PieceMemory } from '../../../client/src/rpc/piece-memory.ts'

const read = (bytes = 64 * 1024) => new ArrayBuffer(bytes)
const canGiveBack = 'transfer' in ArrayBuffer.prototype

it('the memory of a read is given back when a piece of another one comes', () => {
  const memory = new PieceMemory()
  const [one, two] = [read(), read()]
  memory.copied(new Uint8Array(one, 9, 16), true)
  memory.copied(new Uint8Array(one, 34, 16), true)
  expect(one.byteLength).toBe(64 * 1024)
  memory.copied(new Uint8Array(two, 9, 16), true)
  expect(one.byteLength).toBe(canGiveBack ? 0 : 64 * 1024)
  expect(two.byteLength).toBe(64 * 1024)
})

it('not while another stream may have a part of it, and not where it is so small that others may', () => {
  const memory = new PieceMemory()
  const [shared, small] = [read(), read(8192)]
  memory.copied(new Uint8Array(shared), true)
  memory.copied(new Uint8Array(small), false)
  memory.copied(new Uint8Array(read()), true)
  expect([shared.byteLength, small.byteLength]).toEqual([64 * 1024, 8192])
})

it('the pool stays with those who share it', () => {
  const memory = new PieceMemory()
  const shared = Buffer.from('of the pool')
  memory.copied(shared, true)
  memory.copied(new Uint8Array(read()), true)
  expect(shared.toString()).toBe('of the pool')
})
