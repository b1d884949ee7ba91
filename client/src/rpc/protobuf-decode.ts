import { shapes } from '../_generated/python-service.ts'
import type { Messages } from '../_generated/python-service.ts'
import { BackendError } from '../errors.ts'
import { wireTypes } from './protobuf.ts'
import type { Field, Shape } from './protobuf.ts'
import { Input } from './protobuf-input.ts'
import type { Raw } from './protobuf-input.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true })
const nothing: Readonly<Record<string, unknown>> = {
  string: '',
  bytes: new Uint8Array(),
  bool: false,
  int: 0,
  float: 0,
  double: 0,
}
const packedTypes: Readonly<Record<string, number>> = { float: wireTypes.fixed32, double: wireTypes.fixed64 }
const fieldsOf = new WeakMap<Shape, ReadonlyMap<number, readonly [key: string, field: Field]>>()

/**
 * The message in bytes, with a default for each field that is not there. Fields of bytes are views on the input.
 * @throws BackendError PROTOCOL when it is no such message.
 */
export function decodeMessage<Name extends keyof Messages>(name: Name, bytes: Uint8Array): Messages[Name] {
  try {
    // A view that is no Buffer, so that no part of it is one.
    const plain = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    return readMessage(shapes[name], plain) as Messages[Name]
  } catch (cause) {
    throw new BackendError('PROTOCOL', `The server sent something else than a ${name}.`, { cause })
  }
}

function readMessage(shape: Shape, bytes: Uint8Array): object {
  const fields = byNumber(shape)
  const message = Object.fromEntries(Object.entries(shape).map(([key, field]) => [key, absent(field)]))
  const input = new Input(bytes)
  while (!input.atEnd) {
    const key = input.varint()
    const raw = input.raw(key % 8)
    const found = fields.get(Math.floor(key / 8))
    if (found === undefined) continue // of a newer server
    const [property, [, type, count]] = found
    if (count === 'many') (message[property] as unknown[]).push(...readMany(type, raw))
    else message[property] = readValue(type, raw)
  }
  return message
}

function byNumber(shape: Shape): ReadonlyMap<number, readonly [key: string, field: Field]> {
  const known = fieldsOf.get(shape)
  if (known !== undefined) return known
  const made = new Map(Object.entries(shape).map((entry) => [entry[1][0], entry] as const))
  fieldsOf.set(shape, made)
  return made
}

function absent([, type, count]: Field): unknown {
  if (count === 'many') return []
  return count === 'maybe' ? undefined : nothing[type]
}

/** Numbers come packed, or one by one. */
function readMany(type: string, raw: Raw): unknown[] {
  if (typeof raw === 'number' || !(type in nothing) || type === 'string' || type === 'bytes')
    return [readValue(type, raw)]
  const input = new Input(raw)
  const values: unknown[] = []
  while (!input.atEnd) {
    values.push(readValue(type, input.raw(packedTypes[type] ?? wireTypes.varint)))
  }
  return values
}

function readValue(type: string, raw: Raw): unknown {
  if (type === 'int' || type === 'bool') {
    if (typeof raw !== 'number') throw new Error('a number was expected')
    return type === 'int' ? raw : raw !== 0
  }
  if (typeof raw === 'number') throw new Error('bytes were expected')
  if (type === 'string') return utf8.decode(raw)
  if (type === 'bytes') return raw
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength)
  if (type === 'float') return view.getFloat32(0, true)
  if (type === 'double') return view.getFloat64(0, true)
  return readMessage(shapes[type as keyof Messages], raw)
}
