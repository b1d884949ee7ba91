import { rm } from 'node:fs/promises'
import path from 'node:path'
import { endpointFileSchema } from '../../contract/index.ts'
import type { Endpoint, EndpointFile } from '../../contract/index.ts'
import type { Layout } from '../platform/index.ts'
import { privateFolder, stageJson } from '../storage/index.ts'
import type { StagedFile } from '../storage/index.ts'

/** The file by which client programs find a server. */
export function endpointFileOf(layout: Layout, name: string): string {
  return path.join(layout.endpoints, `${name}.json`)
}

/** `token` is absent where there is no such thing (a Unix socket), and null where there is none on purpose. */
export function endpointFile(name: string, endpoint: Endpoint, pid: number, startedAt: string): EndpointFile {
  return endpointFileSchema.parse({ version: 1, name, ...endpoint, pid, startedAt })
}

/** The endpoint file of a start: written while the server proves that it answers, and published after that. */
export interface EndpointDraft {
  readonly write: (file: EndpointFile) => Promise<void>
  readonly publish: () => Promise<void>
  /** Takes away what was written and not published. Never rejects. */
  readonly drop: () => Promise<void>
}

export function draftEndpoint(layout: Layout): EndpointDraft {
  let staging: Promise<StagedFile> | undefined
  const take = async () => {
    const taken = staging
    staging = undefined
    return await taken
  }
  return {
    async write(file) {
      staging = privateFolder(layout.endpoints).then(() =>
        stageJson(endpointFileOf(layout, file.name), file, 0o600, 'our-end'),
      )
      await staging
    },
    publish: async () => (await take())?.put(),
    drop: () =>
      take().then(
        (staged) => staged?.drop(),
        () => {},
      ),
  }
}

export async function withdrawEndpoint(layout: Layout, name: string): Promise<void> {
  await rm(endpointFileOf(layout, name), { force: true })
}
