import { lstat, readFile, readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { parseMetadata } from './metadata/installed.ts'
import { normalizedName } from './requirements.ts'
import { inBatches } from './site-packages.ts'

export interface DamagedPackage {
  /** Normalized. */
  readonly name: string
  /** Undefined where nothing tells it. */
  readonly version: string | undefined
  readonly metadata: string
}

/** What an installation that was cut off has left in site-packages. */
export interface Damage {
  /** Packages whose metadata is there while some of their files are not, or are empty. Installers take such a package for installed. */
  readonly packages: readonly DamagedPackage[]
  /** Folders that pip had moved aside (`~umpy`) while it replaced a package; it neither restores nor removes them later. */
  readonly strays: readonly string[]
}

export const noDamage: Damage = { packages: [], strays: [] }

export function isDamaged(damage: Damage): boolean {
  return damage.packages.length > 0 || damage.strays.length > 0
}

export function damagedNames(damage: Damage): string[] {
  return damage.packages.map((one) => one.name)
}

/** A row of a RECORD: a path, quoted where it holds a comma or a quote, and the size, where it is stated. */
export interface RecordedFile {
  readonly file: string
  readonly bytes: number | undefined
}

/** What a RECORD lists, but for byte code, which comes and goes. */
export function recordedFiles(record: string): RecordedFile[] {
  return record
    .split(/\r?\n/u)
    .map((line) => /^(?:"((?:[^"]|"")*)"|([^,]*)),[^,]*(?:,(\d+))?/u.exec(line))
    .map((row) => ({
      file: row?.[1]?.replaceAll('""', '"') ?? row?.[2] ?? '',
      bytes: row?.[3] === undefined ? undefined : Number(row[3]),
    }))
    .filter(({ file }) => file !== '' && !file.endsWith('.pyc'))
}

/** Looks at every file that every package claims to have. Thousands of looks in a big environment: only after a failure. */
export async function findDamage(folder: string): Promise<Damage> {
  const names = await readdir(folder).catch(() => [])
  const packages: DamagedPackage[] = []
  for (const name of names.filter((one) => one.endsWith('.dist-info'))) {
    const metadata = path.join(folder, name)
    const facts = parseMetadata(await readFile(path.join(metadata, 'METADATA'), 'utf8').catch(() => ''))
    const record = await readFile(path.join(metadata, 'RECORD'), 'utf8').catch(() => undefined)
    const isWhole = facts !== undefined && record !== undefined && (await areWhole(folder, recordedFiles(record)))
    if (isWhole) continue
    const [namePart = '', version] = name.replace(/\.dist-info$/u, '').split('-')
    packages.push({ name: normalizedName(facts?.name ?? namePart), version: facts?.version ?? version, metadata })
  }
  return { packages, strays: names.filter((one) => one.startsWith('~')).map((one) => path.join(folder, one)) }
}

const known = new Map<string, Promise<Damage>>()

/** The same, remembered for as long as the folder stays as it is: lists ask again and again. */
export async function knownDamage(folder: string, since: string): Promise<Damage> {
  const stamp = (await stat(folder).catch(() => undefined))?.mtimeMs ?? 0
  const key = `${folder}\0${since}\0${stamp}`
  let damage = known.get(key)
  if (!damage) known.set(key, (damage = findDamage(folder)))
  return damage
}

/** Takes away the metadata of damaged packages, so that the next installation puts them in anew. */
export async function forgetDamaged(damage: Damage): Promise<void> {
  for (const one of damage.packages) await rm(one.metadata, { recursive: true, force: true })
}

export async function removeStrays(damage: Damage): Promise<void> {
  for (const stray of damage.strays) await rm(stray, { recursive: true, force: true }).catch(() => {})
}

/**
 * There, and not emptied, as a power cut leaves files. Sizes are not compared: a certificate that a company adds to a bundle, or
 * a line that somebody changed, is no damage.
 */
async function areWhole(folder: string, files: readonly RecordedFile[]): Promise<boolean> {
  const looks = await inBatches(files, ({ file, bytes = 0 }) =>
    lstat(path.resolve(folder, file)).then(
      (facts) => facts.size > 0 || bytes === 0,
      () => false,
    ),
  )
  return looks.every(Boolean)
}
