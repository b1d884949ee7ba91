import { normalizedName } from '../requirements.ts'

/** A requirement taken apart. */
export interface Requirement {
  /** Normalized. */
  readonly key: string
  /** As it was written. */
  readonly name: string
  /** Normalized, sorted. */
  readonly extras: readonly string[]
  /** Without spaces: `>=2,!=2.1`; empty for any version. */
  readonly specifier: string
  readonly marker: string | undefined
  /** It names a place instead of a version. */
  readonly isDirect: boolean
}

/** As users type them, and as packages state them in `Requires-Dist` (PEP 508; the old form with versions in brackets, too). */
export function parseRequirement(text: string): Requirement | undefined {
  const found =
    /^\s*([A-Za-z\d](?:[A-Za-z\d._-]*[A-Za-z\d])?)\s*(?:\[([^\]]*)\])?\s*([^;]*?)\s*(?:;\s*(.*?)\s*)?$/su.exec(text)
  if (!found) return undefined
  const [, name = '', extras = '', rest = '', marker] = found
  const isDirect = rest.startsWith('@')
  const specifier = isDirect ? '' : rest.replaceAll(/[\s()]/gu, '')
  if (specifier !== '' && !/^(===|[=~!<>]=|[<>])/u.test(specifier)) return undefined
  return {
    key: normalizedName(name),
    name,
    extras: [...new Set(extras.split(',').map((extra) => normalizedName(extra.trim())))].filter(Boolean).sort(),
    specifier,
    // The address of a direct one may hold a semicolon; its marker is not worth the trouble.
    marker: isDirect ? undefined : marker,
    isDirect,
  }
}

/** A name with the extras that are wanted of it. */
export function withExtras(name: string, extras: readonly string[]): string {
  return extras.length === 0 ? name : `${name}[${extras.join(',')}]`
}
