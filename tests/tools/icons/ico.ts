/** A picture of one size, as PNG. */
export interface Sized {
  /** Pixels, square. */
  readonly size: number
  readonly png: Buffer
}

/**
 * An icon of Windows with a picture for each size, kept as PNG, which every Windows since Vista reads.
 * Source of the format: Microsoft, "The evolution of the ICO file format".
 */
export function icoOf(pictures: readonly Sized[]): Buffer {
  const header = Buffer.alloc(6 + 16 * pictures.length)
  header.writeUInt16LE(1, 2)
  header.writeUInt16LE(pictures.length, 4)
  let offset = header.length
  for (const [index, { size, png }] of pictures.entries()) {
    const at = 6 + 16 * index
    // 256 does not fit into the byte, and is written as 0.
    header.writeUInt8(size % 256, at)
    header.writeUInt8(size % 256, at + 1)
    header.writeUInt16LE(1, at + 4)
    header.writeUInt16LE(32, at + 6)
    header.writeUInt32LE(png.length, at + 8)
    header.writeUInt32LE(offset, at + 12)
    offset += png.length
  }
  return Buffer.concat([header, ...pictures.map(({ png }) => png)])
}
