import { describe, expect, it } from 'vitest'
import { frameBuffers } from '../../../client/src/pipe/frame-writer.ts'
import { readFrames } from './wire-frames.ts'

describe('frameBuffers', () => {
  it('writes the layout of the wire, byte for byte', () => {
    const [only, ...others] = frameBuffers({ id: 1 }, [Uint8Array.of(1, 2), Uint8Array.of(3)])
    const header = '{"id":1,"attachments":[2,1]}'
    expect(others).toEqual([])
    expect(Buffer.from(only ?? []).toString('latin1')).toBe(
      `BPF1${String.fromCharCode(header.length)}\0\0\0\x03\0\0\0${header}\x01\x02\x03`,
    )
  })

  it('counts bytes, not characters', () => {
    const { frames, rest } = readFrames(Buffer.concat(frameBuffers({ id: 1, text: 'é€😀' }, [])))
    expect(rest).toHaveLength(0)
    expect(frames[0]?.header).toEqual({ id: 1, text: 'é€😀' })
  })

  it('does not copy a large attachment', () => {
    const large = new Uint8Array(100_000).fill(7)
    const buffers = frameBuffers({ id: 1 }, [large])
    expect(buffers).toHaveLength(2)
    expect(buffers[1]).toBe(large)
    expect(readFrames(Buffer.concat(buffers)).frames[0]?.body).toHaveLength(100_000)
  })

  it('refuses a header beyond 64 MiB before anything is sent', () => {
    expect(() => frameBuffers({ text: 'x'.repeat(64 * 1024 * 1024) }, [])).toThrow(
      expect.objectContaining({ code: 'TOO_LARGE', name: 'BackendError' }),
    )
  })
})
