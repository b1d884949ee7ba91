import { shapes } from '../_generated/python-service.ts'
import type { Messages } from '../_generated/python-service.ts'
import { BackendError } from '../errors.ts'
import { wireTypes } from './protobuf.ts'
import type { Shape } from './protobuf.ts'

type Values = Readonly<Record<string, unknown>>

/** A message as bytes. Fields that are absent, empty or zero are left out, as the format has it. */
export function encodeMessage<Name extends keyof Messages>(name: Name, message: Partial<Messages[Name]>): Buffer {
  const parts: Uint8Array[] = []
  writeMessage(shapes[name], message as Values, parts)
  return Buffer.concat(parts)
}

function writeMessage(shape: Shape, message: Values, parts: Uint8Array[]): void {
  for (const [key, [number, type, count]] of Object.entries(shape)) {
    const value = message[key]
    if (value === undefined) continue
    if (count === 'many' && type === 'int') {
      const packed = Buffer.concat((value as readonly number[]).map(varint))
      if (packed.length > 0) writeBytes(number, packed, parts)
    } else if (count === 'many') {
      for (const one of value as readonly unknown[]) writeField(number, type, one, parts)
    } else if (count === 'maybe' || (value !== '' && value !== 0 && value !== false)) {
      writeField(number, type, value, parts)
    }
  }
}

function writeField(number: number, type: string, value: unknown, parts: Uint8Array[]): void {
  switch (type) {
    case 'string':
      return writeBytes(number, Buffer.from(value as string, 'utf8'), parts)
    case 'bytes':
      return writeBytes(number, value as Uint8Array, parts)
    case 'bool':
    case 'int':
      parts.push(varint(number * 8 + wireTypes.varint), varint(Number(value)))
      return
    case 'double': {
      const eight = Buffer.alloc(8)
      eight.writeDoubleLE(value as number)
      parts.push(varint(number * 8 + wireTypes.fixed64), eight)
      return
    }
    default: {
      const inner: Uint8Array[] = []
      writeMessage(shapes[type as keyof Messages], value as Values, inner)
      writeBytes(number, Buffer.concat(inner), parts)
    }
  }
}

function writeBytes(number: number, bytes: Uint8Array, parts: Uint8Array[]): void {
  parts.push(varint(number * 8 + wireTypes.bytes), varint(bytes.byteLength), bytes)
}

/** A whole number within ±2^53. @throws BackendError BAD_REQUEST for any other. */
function varint(value: number): Buffer {
  if (!Number.isSafeInteger(value))
    throw new BackendError('BAD_REQUEST', `${value} is given, and a whole number needed.`)
  if (value < 0) return negativeVarint(value)
  const bytes: number[] = []
  let rest = value
  while (rest > 0x7f) {
    bytes.push((rest % 0x80) | 0x80)
    rest = Math.floor(rest / 0x80)
  }
  bytes.push(rest)
  return Buffer.from(bytes)
}

/** As an unsigned number of 64 bits. */
function negativeVarint(value: number): Buffer {
  const bytes: number[] = []
  let rest = BigInt.asUintN(64, BigInt(value))
  while (rest > 0x7fn) {
    bytes.push(Number(rest & 0x7fn) | 0x80)
    rest >>= 7n
  }
  bytes.push(Number(rest))
  return Buffer.from(bytes)
}
