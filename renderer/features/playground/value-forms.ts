import type { ExecutionValue } from '../../../contract/index.ts'

export interface ValueForm {
  readonly kind: 'python' | 'json' | 'text'
  readonly text: string
}

/** Characters of one value on the page; copied is all of it. */
export const pageChars = 100_000
/** Characters of a line that is not broken up. */
const lineChars = 60

/** How a value can be read: as Python shows it, a list or dict also as JSON by lines, a text of several lines also as it is. */
export function valueForms(result: ExecutionValue): readonly ValueForm[] {
  const python: ValueForm = { kind: 'python', text: result.repr }
  if (result.kind === 'handle') return [python]
  const { value } = result
  if (typeof value === 'string' && value.includes('\n')) return [{ kind: 'text', text: value }, python]
  // A number of numpy: what it is worth first, then what it is.
  if (typeof value === 'number' && !/^(int|float)$/u.test(result.typeName)) {
    return [{ kind: 'json', text: String(value) }, python]
  }
  if (typeof value === 'object' && value !== null) {
    const json: ValueForm = { kind: 'json', text: prettyJson(value) }
    return result.repr.length > lineChars ? [json, python] : [python, json]
  }
  return [python]
}

/** JSON in lines, but what fits in one line stays there, and plain elements share lines. */
export function prettyJson(value: unknown, indent = ''): string {
  const flat = flatJson(value)
  if (typeof value !== 'object' || value === null || flat.length + indent.length <= lineChars) return flat
  const inner = `${indent}  `
  if (!Array.isArray(value)) {
    const entries = Object.entries(value).map(
      ([key, one]) => `${inner}${JSON.stringify(key)}: ${prettyJson(one, inner)}`,
    )
    return `{\n${entries.join(',\n')}\n${indent}}`
  }
  const isPlain = value.every((one) => typeof one !== 'object' || one === null)
  const parts = value.map((one) => prettyJson(one, inner))
  return `[\n${isPlain ? filled(parts, inner) : parts.map((part) => inner + part).join(',\n')}\n${indent}]`
}

/** In one line, with spaces for the eye. */
function flatJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  if (Array.isArray(value)) return `[${value.map(flatJson).join(', ')}]`
  return `{${Object.entries(value)
    .map(([key, one]) => `${JSON.stringify(key)}: ${flatJson(one)}`)
    .join(', ')}}`
}

function filled(parts: readonly string[], indent: string): string {
  const lines: string[] = []
  let line = indent
  for (const [index, part] of parts.entries()) {
    const word = index < parts.length - 1 ? `${part},` : part
    if (line !== indent && line.length + word.length > lineChars) {
      lines.push(line.trimEnd())
      line = indent
    }
    line += `${word} `
  }
  return [...lines, line.trimEnd()].join('\n')
}
