import { AppError } from '../../../contract/index.ts'
import { withoutSecrets } from '../installer/index.ts'
import { checkedRequirements, requirementName } from '../requirements.ts'

/** A package in one version, with the hashes of the files that may be installed for it. */
export interface LockedPackage {
  /** `numpy==2.1.0`, with a marker if need be. */
  readonly requirement: string
  /** `sha256:…`, sorted. */
  readonly hashes: readonly string[]
}

const hashOption = /\s--hash[=\s]\s*(\S+)/gu

/** Whether a requirements file locks: then every one of its packages must have hashes. */
export function isLock(text: string): boolean {
  return text.split(/\r?\n/u).some((line) => !/^\s*#/u.test(line) && /(^|\s)--hash[=\s]/u.test(line))
}

/**
 * The packages of a requirements file with hashes (pip's documentation, "Hash-checking Mode"), as pip, uv and pip-tools write it.
 * @throws INVALID_PARAMS for a package without a hash or an exact version, and for whatever a requirement must not be
 */
export function parseLock(text: string): LockedPackage[] {
  const lines = text
    .replace(/^\uFEFF/u, '')
    .replaceAll(/\\\r?\n/gu, ' ')
    .split(/\r?\n/u)
    .map((line) => line.replace(/(^|\s)#.*$/u, '').trim())
    .filter((line) => line !== '' && line !== '--require-hashes')
  return lines.map((line) => {
    const hashes = [...line.matchAll(hashOption)].map((found) => found[1] ?? '')
    const bare = line.replaceAll(hashOption, '').trim()
    const isExact = /^[\w.-]+(\[[^\]]*\])?\s*==\s*[^\s*;,]+\s*(;|$)/u.test(bare)
    const areHashes = hashes.length > 0 && hashes.every((hash) => /^sha(256|384|512):[\da-f]{64,128}$/u.test(hash))
    if (!isExact || !areHashes) {
      throw new AppError(
        'INVALID_PARAMS',
        `Without an exact version and its hashes: ${withoutSecrets(bare).slice(0, 80)}`,
        {
          hint: 'A file that has hashes must have them for every package: numpy==2.1.0 --hash=sha256:…',
          details: { line: withoutSecrets(line).slice(0, 200) },
        },
      )
    }
    return { requirement: checkedRequirements([bare])[0]!, hashes: hashes.toSorted() }
  })
}

/** As a requirements file that `parseLock`, pip and uv take. */
export function lockText(title: string, packages: readonly LockedPackage[], left: readonly string[] = []): string {
  const lines = packages.map((one) =>
    [one.requirement, ...one.hashes.map((hash) => `    --hash=${hash}`)].join(' \\\n'),
  )
  return [`# ${title}`.replaceAll(/[\r\n]/gu, ' '), ...lines, ...left, ''].join('\n')
}

/** By normalized name, for an installer. */
export function hashesByName(packages: readonly LockedPackage[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>()
  // One that is there twice, for two kinds of machines, has the hashes of both: only one of them is installed.
  for (const { requirement, hashes } of packages) {
    const name = requirementName(requirement)
    found.set(name, [...new Set([...(found.get(name) ?? []), ...hashes])].toSorted())
  }
  return found
}
