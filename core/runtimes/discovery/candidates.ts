import { lstat, readdir, readFile, realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Place, RuntimeOrigin } from './places.ts'

/** A file that looks like an interpreter. */
export interface Candidate {
  readonly origin: RuntimeOrigin
  readonly executable: string
  /** Its one identity, however many links lead to it. */
  readonly realpath: string
}

/** A path that the user named, with nothing there that could be an interpreter. */
export interface Missing {
  readonly origin: 'user'
  readonly missing: string
}

/** The files to ask for in an installation's folder, best first. */
export function installationExecutables(folder: string, platform: NodeJS.Platform): readonly string[] {
  return platform === 'win32'
    ? [path.win32.join(folder, 'python.exe')]
    : [path.posix.join(folder, 'bin', 'python3'), path.posix.join(folder, 'bin', 'python')]
}

/** Which names of a folder are interpreters: `python3.13`, newest first, then `python3`, then `python`. */
export function interpreterNames(names: readonly string[], platform: NodeJS.Platform): readonly string[] {
  const shape = platform === 'win32' ? /^python(?:3(?:\.(\d+)t?)?)?\.exe$/iu : /^python(?:3(?:\.(\d+)t?)?)?$/u
  const rank = (name: string) => Number(shape.exec(name)?.[1] ?? (name.includes('3') ? -1 : -2))
  return names.filter((name) => shape.test(name)).sort((a, b) => rank(b) - rank(a) || a.localeCompare(b, 'en'))
}

/** The Store's placeholder: an empty file that opens the shop instead of running (cpython#85499). Installed ones lie a folder deeper. */
export function isStoreStub(executable: string, sizeBytes: number): boolean {
  return sizeBytes === 0 && /[\\/]WindowsApps[\\/][^\\/]+$/iu.test(executable)
}

/** Everything in these places that could be an interpreter, each once, virtual environments left out. */
export async function candidatesIn(
  places: readonly Place[],
  platform: NodeJS.Platform,
): Promise<readonly (Candidate | Missing)[]> {
  const lists = await Promise.all(places.map((place) => lookAt(place, platform)))
  const known = new Set<string>()
  const found: (Candidate | Missing)[] = []
  for (const entry of lists.flat()) {
    const identity = 'missing' in entry ? entry.missing : entry.realpath
    if (known.has(identity)) continue
    known.add(identity)
    found.push(entry)
  }
  return found
}

async function lookAt(place: Place, platform: NodeJS.Platform): Promise<readonly (Candidate | Missing)[]> {
  const { origin, path: where } = place
  switch (place.kind) {
    case 'programs': {
      const names = interpreterNames(await readdir(where).catch(() => []), platform)
      return present(names.map((name) => candidate(origin, path.join(where, name))))
    }
    case 'executable':
      return present([candidate(origin, where)])
    case 'installation':
      return present([inInstallation(origin, where, platform)])
    case 'installations': {
      const names = await readdir(where).catch(() => [])
      const chosen = names.filter((name) => !name.startsWith('.') && name.startsWith(place.prefix ?? ''))
      return present(chosen.map((name) => inInstallation(origin, path.join(where, name), platform)))
    }
    case 'register': {
      const text = await readFile(where, 'utf8').catch(() => '')
      const folders = text.split(/\r?\n/u).map((line) => line.trim())
      return present(
        folders.filter((line) => path.isAbsolute(line)).map((line) => inInstallation(origin, line, platform)),
      )
    }
    case 'named': {
      const found = await interpreterAt(where, platform)
      return [found === undefined ? { origin: 'user', missing: where } : { ...found, origin: 'user' }]
    }
  }
}

/** The interpreter that a path means: the file itself, or the best one in that folder or its `bin`. */
export async function interpreterAt(where: string, platform: NodeJS.Platform): Promise<Candidate | undefined> {
  const facts = await stat(where).catch(() => undefined)
  if (facts?.isDirectory() !== true) return candidate('user', where)
  for (const folder of [where, path.join(where, platform === 'win32' ? 'Scripts' : 'bin')]) {
    const names = interpreterNames(await readdir(folder).catch(() => []), platform)
    for (const name of names) {
      const found = await candidate('user', path.join(folder, name))
      if (found) return found
    }
  }
  return undefined
}

async function present(found: readonly Promise<Candidate | undefined>[]): Promise<readonly Candidate[]> {
  const entries = await Promise.all(found)
  const real = entries.filter((entry) => entry !== undefined)
  const environments = await Promise.all(real.map((entry) => isVirtualEnvironment(entry.executable)))
  return real.filter((_, index) => !environments[index])
}

async function inInstallation(
  origin: RuntimeOrigin,
  folder: string,
  platform: NodeJS.Platform,
): Promise<Candidate | undefined> {
  for (const executable of installationExecutables(folder, platform)) {
    const found = await candidate(origin, executable)
    if (found) return found
  }
  return undefined
}

async function candidate(origin: RuntimeOrigin, executable: string): Promise<Candidate | undefined> {
  const facts = await lstat(executable).catch(() => undefined)
  if (facts === undefined || facts.isDirectory() || isStoreStub(executable, facts.size)) return undefined
  // An alias of the Store cannot be resolved, and stands for itself. A link into nowhere is no candidate.
  const real = await realpath(executable).catch(() => (facts.isSymbolicLink() ? undefined : executable))
  return real === undefined ? undefined : { origin, executable, realpath: real }
}

/** PEP 405: `pyvenv.cfg` lies beside the executable or one folder above. */
export async function isVirtualEnvironment(executable: string): Promise<boolean> {
  const folder = path.dirname(executable)
  const found = await Promise.all(
    [folder, path.dirname(folder)].map((where) =>
      stat(path.join(where, 'pyvenv.cfg')).then(
        () => true,
        () => false,
      ),
    ),
  )
  return found.includes(true)
}
