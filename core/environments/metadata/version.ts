/** A version of a package, taken apart for comparing. Source: the version specifiers of the packaging specifications (PEP 440). */
export interface PackageVersion {
  readonly epoch: number
  readonly release: readonly number[]
  /** `[letter, number]`, the letter normalized to a, b or rc. */
  readonly pre: readonly [string, number] | undefined
  readonly post: number | undefined
  readonly dev: number | undefined
  readonly local: readonly string[] | undefined
}

const pattern =
  /^v?(?:(\d+)!)?(\d+(?:\.\d+)*)(?:[-_.]?(alpha|beta|preview|pre|rc|a|b|c)[-_.]?(\d*))?(?:-(\d+)|[-_.]?(post|rev|r)[-_.]?(\d*))?(?:[-_.]?(dev)[-_.]?(\d*))?(?:\+([a-z\d]+(?:[-_.][a-z\d]+)*))?$/iu

const letters: Readonly<Record<string, string>> = { alpha: 'a', beta: 'b', c: 'rc', pre: 'rc', preview: 'rc' }

export function parsePackageVersion(text: string): PackageVersion | undefined {
  const found = pattern.exec(text.trim().toLowerCase())
  if (!found) return undefined
  const [, epoch, release = '', pre, preNumber, barePost, post, postNumber, dev, devNumber, local] = found
  return {
    epoch: Number(epoch ?? 0),
    release: release.split('.').map(Number),
    pre: pre === undefined ? undefined : [letters[pre] ?? pre, Number(preNumber)],
    post: barePost !== undefined ? Number(barePost) : post === undefined ? undefined : Number(postNumber),
    dev: dev === undefined ? undefined : Number(devNumber),
    local: local?.split(/[-_.]/u),
  }
}

/** Negative, 0 or positive, as sorting wants it. */
export function comparePackageVersions(a: PackageVersion, b: PackageVersion): number {
  return (
    a.epoch - b.epoch ||
    compareReleases(a.release, b.release) ||
    compareKeys(preKey(a), preKey(b)) ||
    (a.post ?? -1) - (b.post ?? -1) ||
    compareNumbers(a.dev ?? Infinity, b.dev ?? Infinity) ||
    compareLocals(a.local, b.local)
  )
}

export function withoutLocal(version: PackageVersion): PackageVersion {
  return { ...version, local: undefined }
}

/** `1.2` and `1.2.0` are one version. */
export function compareReleases(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/** A development version of a release stands before its pre-releases, and those before the release. */
function preKey({ pre, post, dev }: PackageVersion): readonly [string, number] {
  if (pre) return pre
  return post === undefined && dev !== undefined ? ['', 0] : ['~', 0]
}

function compareKeys(a: readonly [string, number], b: readonly [string, number]): number {
  return a[0] === b[0] ? a[1] - b[1] : a[0] < b[0] ? -1 : 1
}

function compareNumbers(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1
}

function compareLocals(a: readonly string[] | undefined, b: readonly string[] | undefined): number {
  if (!a || !b) return Number(a !== undefined) - Number(b !== undefined)
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const [one, two] = [a[at], b[at]]
    if (one === undefined || two === undefined) return one === undefined ? -1 : 1
    const [isOne, isTwo] = [/^\d+$/u.test(one), /^\d+$/u.test(two)]
    if (isOne !== isTwo) return isOne ? 1 : -1
    const difference = isOne ? Number(one) - Number(two) : one === two ? 0 : one < two ? -1 : 1
    if (difference !== 0) return difference
  }
  return 0
}
