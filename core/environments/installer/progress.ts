import { shownBytes } from '../../../contract/index.ts'
import type { Progress } from '../../../contract/index.ts'

/** What a line of an installer's output tells a person, if anything. */
export type Step = Pick<Progress, 'detail' | 'bytesDone' | 'bytesTotal'>

export interface OutputReader {
  readonly read: (line: string) => Step | undefined
  /** How many times the usual silence is fine now: some work goes on for long without a word. */
  readonly patience: () => number
}

/** Downloads that are announced and then silent end by the installer's own time limits; this is for a tool that hangs. */
const silentDownload = 15
/** Unpacking some gigabytes on a slow disk. */
const silentUnpack = 5

const shownNames = 4

/** `numpy-2.1.0-cp312-….whl` -> `numpy 2.1.0`, with or without a path before it. */
export function distribution(file: string): string {
  // The one escape that occurs: the plus of a local version in an address.
  const name = file.split('?')[0]!.split(/[/\\]/u).pop()!.replaceAll(/%2b/giu, '+')
  const wheel = /^(.+?)-(\d[^-]*)-.*\.whl(\.metadata)?$/u.exec(name)
  const source = /^(.+)-(\d[^-]*?)\.(tar\.\w+|tgz|zip)$/u.exec(name)
  const found = wheel ?? source
  return found ? `${found[1]} ${found[2]}` : name
}

export function createPipReader(hasRawProgress: boolean): OutputReader {
  let patience = 1
  let downloading = ''
  const read = (line: string): Step | undefined => {
    const bytes = /^Progress (\d+) of (\d+)$/u.exec(line)
    if (bytes) {
      const [bytesDone, bytesTotal] = [Number(bytes[1]), Number(bytes[2])]
      if (bytesTotal === 0) return { detail: `Downloading ${downloading}, ${shownBytes(bytesDone)}`, bytesDone }
      const detail = `Downloading ${downloading}, ${shownBytes(bytesDone)} of ${shownBytes(bytesTotal)}`
      return { detail, bytesDone, bytesTotal }
    }
    patience = 1
    const text = line.trim()
    const download = /^Downloading (\S+)(?: \((.+)\))?$/u.exec(text)
    if (download) {
      if (!hasRawProgress) patience = silentDownload
      downloading = distribution(download[1]!)
      return { detail: `Downloading ${downloading}${download[2] ? ` (${download[2]})` : ''}` }
    }
    const cached = /^Using cached (\S+)/u.exec(text)
    if (cached) return { detail: `Using cached ${distribution(cached[1]!)}` }
    // A file of a `find-links` folder; its path may hold spaces.
    const local = /^Processing (.+?)(?: \(from .+\))?$/u.exec(text)
    if (local) return { detail: `Using ${distribution(local[1]!)}` }
    const installing = /^Installing collected packages: (.+)$/u.exec(text)
    if (installing) {
      patience = silentUnpack
      return { detail: `Installing ${shortList(installing[1]!.split(', '))}` }
    }
    const building = /^Building wheels? for (?:collected packages: )?([^:]+?)(?: \(.*)?(?::.*)?$/u.exec(text)
    if (building) return { detail: `Building ${building[1]}` }
    if (/^(Collecting|Preparing metadata|Installing build dependencies|Getting requirements)/u.test(text))
      return { detail: text.replace(/[:(].*$/u, '').trim() }
    return undefined
  }
  return { read, patience: () => patience }
}

export function createUvReader(): OutputReader {
  let patience = 1
  const read = (line: string): Step | undefined => {
    const text = line.trim()
    const resolved = /^Resolved (\d+) packages?/u.exec(text)
    if (resolved) {
      // From here to "Prepared" it downloads, and names only what is over 1 MiB.
      patience = silentDownload
      return { detail: `Resolved ${count(resolved[1]!)}` }
    }
    const download = /^Downloading (\S+) \((.+)\)$/u.exec(text)
    if (download) return { detail: `Downloading ${download[1]} (${download[2]})` }
    const building = /^(Building|Built|Downloaded) (\S+)/u.exec(text)
    if (building) {
      if (building[1] === 'Building') patience = silentDownload
      return { detail: `${building[1]} ${building[2]}` }
    }
    const prepared = /^Prepared (\d+) packages?/u.exec(text)
    if (prepared) {
      patience = silentUnpack
      return { detail: `Installing ${count(prepared[1]!)}` }
    }
    const installed = /^Installed (\d+) packages?/u.exec(text)
    return installed ? { detail: `Installed ${count(installed[1]!)}` } : undefined
  }
  return { read, patience: () => patience }
}

export function shortList(names: readonly string[]): string {
  const rest = names.length - shownNames
  return names.slice(0, shownNames).join(', ') + (rest > 0 ? ` and ${rest} more` : '')
}

function count(number: string): string {
  return number === '1' ? '1 package' : `${number} packages`
}
