import { bundleManifestSchema } from '../../contract/index.ts'
import type { BundleFile, BundleManifest } from '../../contract/index.ts'

/** The first file of a bundle. */
export const manifestName = 'manifest.json'
/** Bytes; a manifest of ten thousand wheels has two million. */
export const longestManifest = 16 * 1024 * 1024

/** What a bundle holds is not what it must be: damaged, or made to do harm. */
export class BadBundle extends Error {
  override readonly name = 'BadBundle'
}

/** @throws BadBundle */
export function parseManifest(text: string): BundleManifest {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new BadBundle('its manifest is no JSON')
  }
  const versioned = value as { readonly version?: unknown } | null
  if (typeof versioned?.version === 'number' && versioned.version > 1)
    throw new BadBundle(`its manifest has version ${versioned.version}, which a newer version of this app has made`)
  const checked = bundleManifestSchema.safeParse(value)
  if (checked.success) return checked.data
  const [issue] = checked.error.issues
  throw new BadBundle(`its manifest does not have the right form: ${issue?.path.join('.')}: ${issue?.message}`)
}

/** The files that must come, by their place. @throws BadBundle where two have the same, or one is in the wrong folder */
export function expectedFiles({ python, wheels }: BundleManifest): Map<string, BundleFile> {
  const expected = new Map<string, BundleFile>()
  const add = (file: BundleFile, folder: string) => {
    if (!file.path.startsWith(`${folder}/`) || /^\.+$/u.test(file.path.slice(folder.length + 1)))
      throw new BadBundle(`its manifest has ${shown(file.path)} where a file in ${folder}/ belongs`)
    // Where case does not count, two such files would be one.
    const key = file.path.toLowerCase()
    if ([...expected.keys()].some((known) => known.toLowerCase() === key))
      throw new BadBundle(`its manifest has ${shown(file.path)} twice`)
    expected.set(file.path, file)
  }
  add(python.file, 'python')
  for (const wheel of wheels) {
    if (!wheel.path.endsWith('.whl')) throw new BadBundle(`${shown(wheel.path)} is no wheel`)
    add(wheel, 'wheels')
  }
  return expected
}

/** The one that an entry of the archive is. @throws BadBundle for whatever is not in the manifest, links and `..` among it */
export function fileOf(
  expected: ReadonlyMap<string, BundleFile>,
  entry: { readonly path: string; readonly type: string; readonly size: number },
): BundleFile {
  if (entry.type !== 'File' && entry.type !== 'OldFile')
    throw new BadBundle(`${shown(entry.path)} is of the kind ${entry.type}`)
  const file = expected.get(entry.path)
  if (file === undefined) throw new BadBundle(`${shown(entry.path)} is not in its manifest, or there twice`)
  if (file.bytes !== entry.size)
    throw new BadBundle(`${shown(entry.path)} has ${entry.size} bytes, and its manifest says ${file.bytes}`)
  return file
}

export function shown(text: string): string {
  return JSON.stringify(text.length > 120 ? `${text.slice(0, 117)}…` : text)
}
