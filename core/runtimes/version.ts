/** A Python version in its parts. */
export interface PythonVersion {
  readonly major: number
  readonly minor: number
  readonly patch: number
  /** "a1", "b2", "rc1"; undefined for a release. */
  readonly pre: string | undefined
}

/** The oldest Python whose environments and servers work: what the server engine is written for. */
export const oldestSupported = '3.9'

const shape = /^(\d+)\.(\d+)(?:\.(\d+))?((?:a|b|rc)\d+)?\+?$/u

/** "3.12.14", "3.15.0rc1", "3.14.0a1+" (a build from between two releases); undefined for anything else. */
export function parseVersion(text: string): PythonVersion | undefined {
  const [, major, minor, patch = '0', pre] = shape.exec(text) ?? []
  if (major === undefined || minor === undefined) return undefined
  return { major: Number(major), minor: Number(minor), patch: Number(patch), pre }
}

/** Orders versions by number, not by letter: 3.9.13 is older than 3.12.3. What is no version comes first. */
export function compareVersions(a: string, b: string): number {
  const [one, two] = [parseVersion(a), parseVersion(b)]
  if (one === undefined || two === undefined) return Number(one !== undefined) - Number(two !== undefined)
  return (
    one.major - two.major ||
    one.minor - two.minor ||
    one.patch - two.patch ||
    Number(one.pre === undefined) - Number(two.pre === undefined) ||
    (one.pre ?? '').localeCompare(two.pre ?? '', 'en', { numeric: true })
  )
}

/** Whether a version is what "3", "3.12" or "3.12.14" asks for. A pre-release is given out only when named in full. */
export function matchesRequest(version: string, request: string): boolean {
  const parsed = parseVersion(version)
  if (parsed === undefined) return false
  const full = `${parsed.major}.${parsed.minor}.${parsed.patch}${parsed.pre ?? ''}`
  if (request === full) return true
  return parsed.pre === undefined && `${full}.`.startsWith(`${request}.`)
}

export function isSupported(version: string): boolean {
  return compareVersions(version, oldestSupported) >= 0
}
