import path from 'node:path'
import { parseSync } from 'vite'

type Node = { readonly type: string } & Readonly<Record<string, unknown>>

/**
 * What every import of a TypeScript or JavaScript file names, of whatever form: import, export from, import(), import types,
 * require, import.meta.resolve, and `new URL('./x.ts', import.meta.url)`, which is how a worker names its code. Computed ones
 * cannot be known.
 */
export function importsOf(file: string, text: string): string[] {
  const { program, errors } = parseSync(path.basename(file), text)
  if (errors.length > 0) throw new Error(`${file} cannot be parsed: ${errors[0]?.message}`)
  const found: string[] = []
  walk(program, (node) => {
    const specifier = specifierOf(node)
    if (specifier !== undefined) found.push(specifier)
  })
  return found
}

function specifierOf(node: Node): string | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
    case 'ImportExpression':
    case 'TSImportType':
      return literal(node['source'])
    case 'TSExternalModuleReference':
      return literal(node['expression'])
    case 'CallExpression':
      return isResolver(node['callee']) ? literal((node['arguments'] as unknown[])[0]) : undefined
    case 'NewExpression': {
      const [target, base] = node['arguments'] as unknown[]
      const isModuleUrl = isNamed(node['callee'], 'URL') && isMember(base, 'url')
      const text = isModuleUrl ? literal(target) : undefined
      return text !== undefined && /\.[cm]?[jt]s$/u.test(text) ? text : undefined
    }
    default:
      return undefined
  }
}

/** `require`, `require.resolve`, `import.meta.resolve`. */
function isResolver(callee: unknown): boolean {
  return isNamed(callee, 'require') || isMember(callee, 'resolve')
}

function isMember(node: unknown, name: string): boolean {
  if (!isNode(node) || node.type !== 'MemberExpression' || !isNamed(node['property'], name)) return false
  return isNamed(node['object'], 'require') || (isNode(node['object']) && node['object'].type === 'MetaProperty')
}

function isNamed(node: unknown, name: string): boolean {
  return isNode(node) && node.type === 'Identifier' && node['name'] === name
}

function literal(node: unknown): string | undefined {
  if (!isNode(node)) return undefined
  if (node.type === 'Literal' && typeof node['value'] === 'string') return node['value']
  const [only, ...others] = node.type === 'TemplateLiteral' ? (node['quasis'] as Node[]) : []
  return only && others.length === 0 ? (only['value'] as { cooked: string }).cooked : undefined
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'
}

function walk(value: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) walk(item, visit)
  } else if (isNode(value)) {
    visit(value)
    for (const child of Object.values(value)) if (typeof child === 'object') walk(child, visit)
  }
}
