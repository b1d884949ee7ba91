import { AppError, packageNameSchema, requirementSchema } from '../../contract/index.ts'

/** Endings that make pip take a text for a file instead of a name, once a file of that name lies in its folder. */
const archive = /\.(whl|zip|tar|tgz|tbz|txz|tlz|tar\.(gz|bz2|xz|lz|lzma))$/iu

/** PEP 503: `Foo_Bar.baz` and `foo-bar-baz` are one package. */
export function normalizedName(name: string): string {
  return name.replaceAll(/[-_.]+/gu, '-').toLowerCase()
}

/** The package that a requirement is about, normalized. */
export function requirementName(requirement: string): string {
  return normalizedName(/^[A-Za-z0-9._-]+/u.exec(requirement.trim())?.[0] ?? '')
}

/**
 * Requirements fit to become arguments. The contract has checked them at the border; this is the last look before a process
 * is started, for callers that come by no border.
 * @throws INVALID_PARAMS
 */
export function checkedRequirements(requirements: readonly string[]): string[] {
  return requirements.map((text) => {
    const checked = requirementSchema.safeParse(text)
    if (!checked.success || checked.data.startsWith('-') || archive.test(checked.data)) {
      throw new AppError('INVALID_PARAMS', `${JSON.stringify(text)} is not a package requirement`, {
        hint: 'Give a package name, with a version if need be: numpy or "pandas>=2.2".',
      })
    }
    return checked.data
  })
}

/** Bare names fit to become arguments. @throws INVALID_PARAMS */
export function checkedNames(names: readonly string[]): string[] {
  return names.map((text) => {
    const checked = packageNameSchema.safeParse(text)
    if (checked.success && !archive.test(checked.data)) return checked.data
    throw new AppError('INVALID_PARAMS', `${JSON.stringify(text)} is not the name of a package`, {
      hint: 'Give the bare name, without a version: numpy.',
    })
  })
}

/** What was asked for so far, the latest word on a package counting. */
export function mergedRequirements(earlier: readonly string[], later: readonly string[]): string[] {
  const replaced = new Set(later.map(requirementName))
  return [...new Set([...earlier.filter((text) => !replaced.has(requirementName(text))), ...later])]
}
