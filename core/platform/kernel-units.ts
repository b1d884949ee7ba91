import { readFileSync } from 'node:fs'

/** In what Linux counts: what `getconf CLK_TCK` and `getconf PAGESIZE` tell. */
export interface KernelUnits {
  readonly ticksPerSecond: number
  readonly pageBytes: number
}

/** Kinds of entries in the auxiliary vector. Source: getauxval(3). */
const pageSizeKind = 6n
const clockTicksKind = 17n

/** What the kernel handed this process at its start: pairs of machine words, kind and value (proc_pid_auxv(5)). */
export function parseAuxv(vector: Buffer, wordBytes: 4 | 8): KernelUnits {
  const word = (at: number) => (wordBytes === 8 ? vector.readBigUInt64LE(at) : BigInt(vector.readUInt32LE(at)))
  // Nearly every machine has these.
  let units = { ticksPerSecond: 100, pageBytes: 4096 }
  for (let at = 0; at + 2 * wordBytes <= vector.length; at += 2 * wordBytes) {
    const value = Number(word(at + wordBytes))
    if (word(at) === pageSizeKind) units = { ...units, pageBytes: value }
    else if (word(at) === clockTicksKind) units = { ...units, ticksPerSecond: value }
  }
  return units
}

let known: KernelUnits | undefined

/** Those of this machine. Every processor that Node runs Linux on today counts from the little end. */
export function kernelUnits(): KernelUnits {
  known ??= parseAuxv(readAuxv(), ['ia32', 'arm', 'mipsel'].includes(process.arch) ? 4 : 8)
  return known
}

function readAuxv(): Buffer {
  try {
    return readFileSync('/proc/self/auxv')
  } catch {
    return Buffer.alloc(0)
  }
}
