import { isDtype, numbersFrom, ShapedArray, widthOf } from './arrays.ts'
import type { NdArray } from './arrays.ts'
import { BackendError } from '../errors.ts'
import { isJsonObject } from './json.ts'
import type { JsonObject } from './json.ts'
import { dateFromIso, frozenSet, PythonComplex, PythonText, PythonTimedelta, tuple } from './python-values.ts'
import { surrogatePassText } from './surrogates.ts'
import { ArrowTable } from './tables.ts'

type Attachments = readonly Uint8Array[]

/**
 * The value that a reply holds. Objects and arrays are changed in place: they came out of a JSON parser and nobody else
 * has them.
 * @throws BackendError PROTOCOL for a form that docs/wire.md §3 does not know.
 */
export function decodeValue(value: unknown, attachments: Attachments): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return decodeItems(value, attachments)
  if (typeof (value as JsonObject)['$type'] === 'string') return decodeTagged(value as JsonObject, attachments)
  const target = value as Record<string, unknown>
  for (const key of Object.keys(target)) {
    const item = target[key]
    const decoded = decodeValue(item, attachments)
    if (decoded === item) continue
    // An assignment to __proto__ would change the object's prototype instead of the entry.
    if (key === '__proto__') Object.defineProperty(target, key, { value: decoded, enumerable: true })
    else target[key] = decoded
  }
  return target
}

function decodeItems(items: unknown[], attachments: Attachments): unknown[] {
  for (let place = 0; place < items.length; place += 1) items[place] = decodeValue(items[place], attachments)
  return items
}

function decodeTagged(tagged: JsonObject, attachments: Attachments): unknown {
  const { $type, value } = tagged as { readonly $type: string; readonly value?: unknown }
  switch ($type) {
    case 'int':
      if (typeof value === 'string' && /^-?\d+$/.test(value)) return BigInt(value)
      break
    case 'float':
      return decodeFloat(tagged)
    case 'complex':
      return new PythonComplex(decodeFloat(tagged['real']), decodeFloat(tagged['imag']))
    case 'str':
      return surrogatePassText(Buffer.from(base64Of(tagged), 'base64'))
    case 'bytes':
      return bytesFrom(tagged, attachments)
    case 'tuple':
      return tuple(decodeItems(itemsOf(tagged), attachments))
    case 'set':
      return new Set(decodeItems(itemsOf(tagged), attachments))
    case 'frozenset':
      return frozenSet(new Set(decodeItems(itemsOf(tagged), attachments)))
    case 'dict':
      return new Map(itemsOf(tagged).map((entry) => decodeEntry(entry, attachments)))
    case 'datetime':
      return (typeof value === 'string' ? dateFromIso(value) : undefined) ?? unknownForm(tagged)
    case 'timedelta':
      return new PythonTimedelta(
        numberOf(tagged, 'days'),
        numberOf(tagged, 'seconds'),
        numberOf(tagged, 'microseconds'),
      )
    case 'date':
    case 'time':
    case 'decimal':
    case 'uuid':
    case 'path':
      if (typeof value === 'string') return new PythonText($type, value)
      break
    case 'array':
      return decodeArray(tagged, attachments)
    case 'table':
      return decodeTable(tagged, attachments)
  }
  return unknownForm(tagged)
}

/** @throws BackendError PROTOCOL when it is no array form, or its bytes do not fill its shape. */
export function decodeArray(tagged: unknown, attachments: Attachments): NdArray {
  if (!isJsonObject(tagged) || tagged['$type'] !== 'array') return unknownForm(tagged)
  const { dtype, shape } = tagged
  if (!isDtype(dtype) || !Array.isArray(shape)) return unknownForm(tagged)
  const data = numbersFrom(bytesFrom(tagged, attachments), dtype)
  const lengths = shape.map(Number)
  const bytes = lengths.reduce((product, length) => product * length, widthOf(dtype))
  if (data === undefined || data.byteLength !== bytes) return unknownForm(tagged)
  return new ShapedArray(data, lengths, dtype)
}

/** @throws BackendError PROTOCOL when it is no table form. */
export function decodeTable(tagged: unknown, attachments: Attachments): ArrowTable {
  if (!isJsonObject(tagged) || tagged['$type'] !== 'table') return unknownForm(tagged)
  return new ArrowTable(bytesFrom(tagged, attachments), 'rows' in tagged ? numberOf(tagged, 'rows') : undefined)
}

function decodeFloat(value: unknown): number {
  if (typeof value === 'number') return value
  const text = isJsonObject(value) ? value['value'] : undefined
  if (text === 'nan') return NaN
  if (text === 'inf') return Infinity
  if (text === '-inf') return -Infinity
  const number = typeof text === 'string' && text !== '' ? Number(text) : NaN
  return Number.isNaN(number) ? unknownForm(value) : number
}

function decodeEntry(entry: unknown, attachments: Attachments): readonly [unknown, unknown] {
  if (!Array.isArray(entry) || entry.length !== 2) return unknownForm(entry)
  return [decodeValue(entry[0], attachments), decodeValue(entry[1], attachments)]
}

function bytesFrom(tagged: JsonObject, attachments: Attachments): Uint8Array {
  const place = tagged['attachment']
  if (typeof place === 'number') return attachments[place] ?? unknownForm(tagged)
  const decoded = Buffer.from(base64Of(tagged), 'base64')
  // Small buffers share a pool: a copy keeps `.buffer` and strict comparison what one expects of a Uint8Array.
  return decoded.byteLength === decoded.buffer.byteLength ? new Uint8Array(decoded.buffer) : new Uint8Array(decoded)
}

function base64Of(tagged: JsonObject): string {
  const text = tagged['base64']
  return typeof text === 'string' ? text : unknownForm(tagged)
}

function itemsOf(tagged: JsonObject): unknown[] {
  const items = tagged['items']
  return Array.isArray(items) ? items : unknownForm(tagged)
}

function numberOf(tagged: JsonObject, field: string): number {
  const number = tagged[field]
  return typeof number === 'number' ? number : unknownForm(tagged)
}

function unknownForm(value: unknown): never {
  const type = isJsonObject(value) ? String(value['$type']) : typeof value
  throw new BackendError('PROTOCOL', `The server sent a value that this client cannot read (type "${type}").`, {
    hint: 'Client and server are of different versions; update the older one.',
  })
}
