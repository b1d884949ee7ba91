import { lstat, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { AppError, adminEnvironmentName, sameName, toErrorInfo } from '../../contract/index.ts'
import type { Environment, ErrorInfo } from '../../contract/index.ts'
import { environmentExecutable } from '../platform/index.ts'
import { entries, findFolder } from './folders.ts'
import type { Entry } from './folders.ts'
import { configValue, findProblem } from './inspect.ts'
import { manifestName, readManifest } from './manifest.ts'
import type { Manifest } from './manifest.ts'
import type { Room } from './room.ts'

/** Every environment by name, the broken ones with their problem. File reads only: two hundred take a fraction of a second. */
export async function list(room: Room): Promise<readonly Environment[]> {
  const folders = (await entries(room.layout)).filter((entry) => entry.isFolder)
  const found = await Promise.all(folders.map((folder) => describeFolder(room, folder)))
  return found.filter((environment) => environment !== undefined)
}

/** @throws NOT_FOUND, with the name that was perhaps meant. */
export async function get(room: Room, name: string): Promise<Environment> {
  return (await find(room, name)) ?? Promise.reject(await notFound(room, name))
}

export async function find(room: Room, name: string): Promise<Environment | undefined> {
  const folder = await findFolder(room.layout, name)
  return folder && describeFolder(room, folder)
}

export async function notFound(room: Room, name: string): Promise<AppError> {
  const known = (await list(room)).map((environment) => environment.name)
  const similar = known.find((one) => sameName(one, name.normalize('NFC')))
  const hint = similar
    ? `Did you mean ${similar}?`
    : known.length > 0
      ? `There are: ${known.join(', ')}.`
      : 'Make one with `beep-host venv create NAME`.'
  return new AppError('NOT_FOUND', `There is no environment ${name}`, { hint, details: { name } })
}

/** Undefined for a folder without a manifest: that is no environment. */
async function describeFolder(room: Room, folder: Entry): Promise<Environment | undefined> {
  const read = await readManifest(folder.root).catch((error: unknown) => ({
    state: 'unreadable' as const,
    problem: error,
  }))
  if (read.state === 'absent') return undefined
  const environment =
    read.state === 'ok'
      ? await describe(room, folder, read.value)
      : await describeUnreadable(room, folder, toErrorInfo(read.problem))
  // Between two looks it may have been deleted: gone, and not broken.
  if (environment.state === 'broken' && !(await isThere(folder.root))) return undefined
  return environment
}

function isThere(root: string): Promise<boolean> {
  return lstat(path.join(root, manifestName)).then(
    () => true,
    () => false,
  )
}

export async function describe(room: Room, folder: Entry, manifest: Manifest): Promise<Environment> {
  const [problem, sizeBytes] = await Promise.all([
    findProblem(folder.root, folder.name, manifest, room.platform),
    room.sizes.of(folder.root, manifest.size, room.platform),
  ])
  return {
    name: folder.name,
    root: folder.root,
    kind: manifest.kind,
    executable: environmentExecutable(folder.root, room.platform),
    python: manifest.python,
    runtime: manifest.runtime,
    state: problem ? 'broken' : 'ready',
    ...(problem ? { problem } : {}),
    createdAt: manifest.createdAt,
    sizeBytes,
    requirements: manifest.requirements,
    ...(manifest.gpu === undefined ? {} : { gpu: manifest.gpu }),
    ...(manifest.skipped?.length ? { skipped: manifest.skipped } : {}),
    usedBy: [...room.usedBy(folder.name)],
  }
}

/** It has a manifest, so it is ours and may hold a user's packages: shown, with what can still be told, and never used. */
async function describeUnreadable(room: Room, folder: Entry, problem: ErrorInfo): Promise<Environment> {
  const facts = await stat(folder.root).catch(() => undefined)
  const config = await readFile(path.join(folder.root, 'pyvenv.cfg'), 'utf8').catch(() => '')
  return {
    name: folder.name,
    root: folder.root,
    kind: folder.name === adminEnvironmentName ? 'admin' : 'user',
    executable: environmentExecutable(folder.root, room.platform),
    python: configValue(config, 'version') ?? configValue(config, 'version_info') ?? 'unknown',
    runtime: 'unknown',
    state: 'broken',
    problem: { ...problem, hint: problem.hint ?? 'Delete the environment and make it again.' },
    createdAt: (facts?.birthtime ?? new Date()).toISOString(),
    sizeBytes: 0,
    requirements: [],
    usedBy: [...room.usedBy(folder.name)],
  }
}
