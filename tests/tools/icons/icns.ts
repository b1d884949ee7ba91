import type { Sized } from './ico.ts'

/** Kinds of picture by their pixels; those with an `@` are for screens with two pixels a point. */
const kinds: readonly (readonly [kind: string, size: number])[] = [
  ['icp4', 16],
  ['ic11', 32], // 16@2x
  ['icp5', 32],
  ['ic12', 64], // 32@2x
  ['ic07', 128],
  ['ic13', 256], // 128@2x
  ['ic08', 256],
  ['ic14', 512], // 256@2x
  ['ic09', 512],
  ['ic10', 1024], // 512@2x
]

/** An icon of macOS. Source of the format: Wikipedia, "Apple Icon Image format". */
export function icnsOf(pictures: readonly Sized[]): Buffer {
  const parts = kinds.map(([kind, size]) => {
    const picture = pictures.find((one) => one.size === size)
    if (!picture) throw new Error(`There is no picture of ${size} pixels`)
    return chunk(kind, picture.png)
  })
  return chunk('icns', Buffer.concat(parts))
}

function chunk(kind: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.write(kind, 0, 'ascii')
  head.writeUInt32BE(8 + content.length, 4)
  return Buffer.concat([head, content])
}
