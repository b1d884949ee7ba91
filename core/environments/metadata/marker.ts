import { release, version as systemVersion } from 'node:os'
import { allows } from './specifier.ts'
import { parsePackageVersion } from './version.ts'

/** What markers ask about, by the names that they use. Source: the dependency specifiers of the packaging specifications (PEP 508). */
export type MarkerEnvironment = Readonly<Record<string, string>>

/** The answers for an environment, without starting its Python. */
export function markerEnvironment(
  python: string,
  implementation: 'cpython' | 'pypy',
  machine: { readonly platform: NodeJS.Platform; readonly arch: string },
): MarkerEnvironment {
  const { platform, arch } = machine
  const systems: Partial<Record<NodeJS.Platform, string>> = { linux: 'Linux', darwin: 'Darwin', win32: 'Windows' }
  const machines: Readonly<Record<string, readonly [linux: string, darwin: string, windows: string]>> = {
    x64: ['x86_64', 'x86_64', 'AMD64'],
    arm64: ['aarch64', 'arm64', 'ARM64'],
    ia32: ['i686', 'i386', 'x86'],
  }
  const column = platform === 'darwin' ? 1 : platform === 'win32' ? 2 : 0
  return {
    python_version: python.split('.').slice(0, 2).join('.'),
    python_full_version: python,
    implementation_name: implementation,
    implementation_version: python,
    platform_python_implementation: implementation === 'pypy' ? 'PyPy' : 'CPython',
    os_name: platform === 'win32' ? 'nt' : 'posix',
    sys_platform: platform,
    platform_system: systems[platform] ?? platform,
    platform_machine: machines[arch]?.[column] ?? arch,
    platform_release: release(),
    platform_version: systemVersion(),
  }
}

/** Whether a marker holds, with these extras asked for. One that cannot be understood holds: what it stands at may be needed. */
export function holds(marker: string, environment: MarkerEnvironment, extras: readonly string[] = []): boolean {
  return ['', ...extras].some((extra) => {
    try {
      return evaluate(marker, { ...environment, extra })
    } catch {
      return true
    }
  })
}

const token = /\s*(?:("[^"]*"|'[^']*')|(===|==|~=|!=|<=|>=|<|>|\(|\))|([A-Za-z_][\w.]*))/uy

function evaluate(marker: string, environment: MarkerEnvironment): boolean {
  const tokens = tokensOf(marker)
  let at = 0
  const peek = () => tokens[at]
  const take = () => {
    const next = tokens[at]
    if (next === undefined) throw new Error('It ends too early')
    at += 1
    return next
  }
  const value = (): string => {
    const next = take()
    if (/^["']/u.test(next)) return next.slice(1, -1)
    const known = environment[next.replaceAll('.', '_')]
    if (known === undefined) throw new Error(`Nobody knows ${next}`)
    return known
  }
  const atom = (): boolean => {
    if (peek() === '(') {
      take()
      const inner = either()
      if (take() !== ')') throw new Error('A bracket stays open')
      return inner
    }
    const left = value()
    const operator = take()
    if (operator === 'not' && take() !== 'in') throw new Error('What is not?')
    return compareValues(left, operator, value())
  }
  const both = (): boolean => {
    let result = atom()
    while (peek() === 'and') {
      take()
      result = atom() && result
    }
    return result
  }
  const either = (): boolean => {
    let result = both()
    while (peek() === 'or') {
      take()
      result = both() || result
    }
    return result
  }
  const result = either()
  if (peek() !== undefined) throw new Error('Something follows')
  return result
}

function tokensOf(marker: string): string[] {
  const text = marker.trim()
  const tokens: string[] = []
  token.lastIndex = 0
  while (token.lastIndex < text.length) {
    const found = token.exec(text)
    if (!found) throw new Error('It is no marker')
    tokens.push(found[0].trim())
  }
  return tokens
}

/** As versions where both sides are versions, else as texts. */
function compareValues(left: string, operator: string, right: string): boolean {
  if (operator === 'in') return right.includes(left)
  if (operator === 'not') return !right.includes(left)
  if (parsePackageVersion(left) && parsePackageVersion(right.replace(/\.\*$/u, '')))
    return allows(`${operator}${right}`, left)
  switch (operator) {
    case '==':
    case '===':
      return left === right
    case '!=':
      return left !== right
    case '<':
      return left < right
    case '<=':
      return left <= right
    case '>':
      return left > right
    case '>=':
      return left >= right
    default:
      throw new Error(`No ${operator} between texts`)
  }
}
