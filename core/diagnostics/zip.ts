import { crc32, deflateRawSync } from 'node:zlib'

export interface ZipEntry {
  /** Slashes between folders, whatever the platform. */
  readonly name: string
  readonly data: Uint8Array
}

/** Bit 11 of the flags: names are UTF-8. Source: APPNOTE.TXT 4.4.4 of the format's owner, as all that follows. */
const namesAreUtf8 = 0x0800
const deflated = 8
/** Version 2.0 of the format, which knows folders and deflate; made on Unix, so that the attributes below are a file's mode. */
const neededVersion = 20
const madeOnUnix = (3 << 8) | neededVersion
const ordinaryFile = (0o100600 << 16) >>> 0

/**
 * A ZIP archive of small files, in memory: below 4 GB and 65 536 entries, which need no further records.
 * @param at the time that all entries get
 */
export function zipOf(entries: readonly ZipEntry[], at: Date): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, data } of entries) {
    const encoded = Buffer.from(name, 'utf8')
    const packed = deflateRawSync(data, { level: 9 })
    // What a local header and the directory say alike.
    const facts = Buffer.alloc(26)
    facts.writeUInt16LE(neededVersion, 0)
    facts.writeUInt16LE(namesAreUtf8, 2)
    facts.writeUInt16LE(deflated, 4)
    facts.writeUInt32LE(dosTime(at), 6)
    facts.writeUInt32LE(crc32(data), 10)
    facts.writeUInt32LE(packed.length, 14)
    facts.writeUInt32LE(data.length, 18)
    facts.writeUInt16LE(encoded.length, 22)
    const body = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), facts, encoded, packed])
    const made = Buffer.alloc(2)
    made.writeUInt16LE(madeOnUnix)
    const place = Buffer.alloc(14)
    place.writeUInt32LE(ordinaryFile, 6)
    place.writeUInt32LE(offset, 10)
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02', 'latin1'), made, facts, place, encoded]))
    bodies.push(body)
    offset += body.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(entries.length, 4)
  end.writeUInt16LE(entries.length, 6)
  end.writeUInt32LE(listed.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...bodies, listed, Buffer.from('PK\x05\x06', 'latin1'), end])
}

/** Local time in steps of two seconds from 1980 on: all that the format has room for. */
function dosTime(at: Date): number {
  const day = ((Math.max(1980, at.getFullYear()) - 1980) << 9) | ((at.getMonth() + 1) << 5) | at.getDate()
  const time = (at.getHours() << 11) | (at.getMinutes() << 5) | (at.getSeconds() >> 1)
  return ((day << 16) | time) >>> 0
}
