import { readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { AppError, nameProblem, sameName, serverSpecFileSchema } from '../../contract/index.ts'
import type { ServerSpec } from '../../contract/index.ts'
import type { Layout } from '../platform/index.ts'
import { fileFailure, hasErrno, privateFolder, readJson, writeJson } from '../storage/index.ts'

/** The saved descriptions, `servers/<name>.json`. Read anew each time: a user may edit them. */
export interface SpecStore {
  readonly list: () => Promise<readonly ServerSpec[]>
  readonly find: (name: string) => Promise<ServerSpec | undefined>
  /** An unreadable file in its place is set aside first. */
  readonly save: (spec: ServerSpec) => Promise<void>
  readonly remove: (name: string) => Promise<void>
  /** Files that the last look could not understand, by the name of their server. */
  readonly problems: () => ReadonlyMap<string, AppError>
}

export function createSpecStore(layout: Layout): SpecStore {
  const problems = new Map<string, AppError>()
  const fileOf = (name: string) => path.join(layout.servers, `${name}.json`)

  const names = async (): Promise<string[]> => {
    try {
      const entries = await readdir(layout.servers)
      // Some file systems hand names out decomposed.
      return entries
        .filter((entry) => entry.endsWith('.json') && !entry.startsWith('.'))
        .map((entry) => entry.slice(0, -'.json'.length).normalize('NFC'))
        .sort((a, b) => a.localeCompare(b))
    } catch (error) {
      if (hasErrno(error, 'ENOENT')) return []
      throw fileFailure(error, `Could not list ${layout.servers}`, layout.servers)
    }
  }
  const read = async (name: string, setAside: boolean): Promise<ServerSpec | undefined> => {
    problems.delete(name)
    const found = await readJson(fileOf(name), serverSpecFileSchema, { setAside }).catch((error: unknown) => {
      if (error instanceof AppError) return { state: 'unreadable', problem: error } as const
      throw error
    })
    if (found.state === 'absent') return undefined
    if (found.state === 'ok' && sameName(found.value.spec.name, name)) return found.value.spec
    problems.set(name, found.state === 'ok' ? wrongName(fileOf(name), found.value.spec.name) : found.problem)
    return undefined
  }

  return {
    async list() {
      problems.clear()
      const specs: ServerSpec[] = []
      for (const name of await names()) {
        const spec = await read(name, false)
        if (spec) specs.push(spec)
      }
      return specs
    },
    async find(wanted) {
      // Any text may be asked for, and only a name may become a path.
      if (nameProblem(wanted) !== undefined) return undefined
      const exact = await read(wanted, false)
      if (exact) return exact
      const other = (await names()).find((name) => name !== wanted && sameName(name, wanted))
      return other === undefined ? undefined : read(other, false)
    },
    async save(spec) {
      await privateFolder(layout.servers)
      await read(spec.name, true)
      await writeJson(fileOf(spec.name), { version: 1, spec })
    },
    async remove(name) {
      await rm(fileOf(name), { force: true })
      problems.delete(name)
    },
    problems: () => problems,
  }
}

function wrongName(file: string, name: string): AppError {
  return new AppError('FILE_UNREADABLE', `${file} describes the server ${name}, which is not what it is called`, {
    hint: 'Rename the file, or change the name inside.',
    details: { path: file, name },
  })
}
