// A second, plain implementation of docs/wire.md §1.1, so that the client is not tested against itself.

export interface Frame {
  readonly header: Record<string, unknown>
  readonly body: Buffer
}

export function frame(header: object, ...attachments: readonly Uint8Array[]): Buffer {
  const described = attachments.length === 0 ? header : { ...header, attachments: attachments.map((a) => a.byteLength) }
  const text = Buffer.from(JSON.stringify(described))
  const body = Buffer.concat(attachments)
  const lengths = Buffer.alloc(8)
  lengths.writeUInt32LE(text.length, 0)
  lengths.writeUInt32LE(body.length, 4)
  return Buffer.concat([Buffer.from('BPF1'), lengths, text, body])
}

/** The frames in `bytes`, and what is left over. */
export function readFrames(bytes: Buffer): { readonly frames: readonly Frame[]; readonly rest: Buffer } {
  const frames: Frame[] = []
  let rest = bytes
  while (rest.length >= 12) {
    if (rest.toString('latin1', 0, 4) !== 'BPF1') throw new Error(`no frame: ${rest.subarray(0, 12).toString('hex')}`)
    const bodyAt = 12 + rest.readUInt32LE(4)
    const end = bodyAt + rest.readUInt32LE(8)
    if (rest.length < end) break
    frames.push({ header: JSON.parse(rest.toString('utf8', 12, bodyAt)), body: rest.subarray(bodyAt, end) })
    rest = rest.subarray(end)
  }
  return { frames, rest }
}
