/**
 * A value in wire form (docs/wire.md §3) as Python would write it: for people, who know Python. One thing is lost on the way:
 * JSON has one kind of number, so a whole float inside a list reads as an int.
 */
export function pythonText(value: unknown): string {
  if (value === null) return 'None'
  if (value === true) return 'True'
  if (value === false) return 'False'
  if (typeof value === 'string') return pythonString(value)
  if (Array.isArray(value)) return `[${list(value)}]`
  if (typeof value !== 'object') return String(value)
  const tagged = value as Record<string, unknown>
  if (typeof tagged['$type'] === 'string') return taggedText(tagged['$type'], tagged)
  const entries = Object.entries(tagged).map(([key, item]) => `${pythonString(key)}: ${pythonText(item)}`)
  return `{${entries.join(', ')}}`
}

/** A string as it is, since somebody asked for it; a whole float with its `.0`; everything else as Python writes it. */
export function printedText(value: unknown, typeName: string): string {
  if (typeof value === 'string') return value
  if (typeName === 'float' && Number.isInteger(value)) return `${String(value)}.0`
  return pythonText(value)
}

function taggedText(type: string, { value, items, ...rest }: Record<string, unknown>): string {
  const parts = Array.isArray(items) ? items : []
  switch (type) {
    case 'int':
    case 'float':
      return String(value)
    case 'complex':
      return `complex(${pythonText(rest['real'])}, ${pythonText(rest['imag'])})`
    case 'bytes':
      return bytesText(String(rest['base64']))
    case 'str':
      return `<str with lone surrogates, base64 ${String(rest['base64'])}>`
    case 'tuple':
      return parts.length === 1 ? `(${pythonText(parts[0])},)` : `(${list(parts)})`
    case 'set':
      return parts.length === 0 ? 'set()' : `{${list(parts)}}`
    case 'frozenset':
      return parts.length === 0 ? 'frozenset()' : `frozenset({${list(parts)}})`
    case 'dict':
      return `{${parts.map((pair) => pairText(pair)).join(', ')}}`
    case 'timedelta':
      return `timedelta(days=${String(rest['days'])}, seconds=${String(rest['seconds'])}, microseconds=${String(rest['microseconds'])})`
    default:
      // datetime, date, time, decimal, uuid, path
      return `${type}(${pythonText(value)})`
  }
}

function list(items: readonly unknown[]): string {
  return items.map(pythonText).join(', ')
}

function pairText(pair: unknown): string {
  const [key, item] = Array.isArray(pair) ? (pair as unknown[]) : []
  return `${pythonText(key)}: ${pythonText(item)}`
}

function pythonString(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
  const body = text
    .replaceAll('\\', '\\\\')
    .replaceAll(quote, `\\${quote}`)
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
  return quote + body + quote
}

function bytesText(base64: string): string {
  const body = Array.from(Buffer.from(base64, 'base64'), (byte) =>
    byte >= 0x20 && byte < 0x7f && byte !== 0x27 && byte !== 0x5c
      ? String.fromCharCode(byte)
      : `\\x${byte.toString(16).padStart(2, '0')}`,
  )
  return `b'${body.join('')}'`
}
