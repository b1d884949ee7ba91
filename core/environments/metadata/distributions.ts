import { lstat } from 'node:fs/promises'
import path from 'node:path'
import type { Package } from '../../../contract/index.ts'
import { metadataFields, readMetadata } from './installed.ts'
import { normalizedName } from '../requirements.ts'
import { parseRequirement } from './requirement.ts'
import type { Requirement } from './requirement.ts'

/** An installed package, with what it says of itself. */
export interface Distribution extends Package {
  /** Its normalized name. */
  readonly key: string
  readonly requires: readonly Requirement[]
  /** From an address, a folder or a file, as pip notes it (PEP 610): no index has this one. */
  readonly isDirect: boolean
}

/** The packages of a site-packages folder, sorted by normalized name. */
export async function readDistributions(folder: string | undefined): Promise<readonly Distribution[]> {
  if (folder === undefined) return []
  return Promise.all(
    (await readMetadata(folder)).map(async ({ name, version, text, place }) => ({
      name,
      version,
      key: normalizedName(name),
      requires: metadataFields(text, 'Requires-Dist').flatMap((line) => parseRequirement(line) ?? []),
      // What an `.egg-link` leads to is a folder of the user's.
      isDirect: !place.startsWith(folder) || (await isThere(path.join(place, 'direct_url.json'))),
    })),
  )
}

function isThere(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    () => false,
  )
}
