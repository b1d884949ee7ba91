import { rm } from 'node:fs/promises'
import path from 'node:path'
import { endpointFileSchema } from '../../contract/index.ts'
import type { Endpoint, EndpointFile } from '../../contract/index.ts'
import type { Layout } from '../platform/index.ts'
import { privateFolder, writeJson } from '../storage/index.ts'

/** The file by which client programs find a server. */
export function endpointFileOf(layout: Layout, name: string): string {
  return path.join(layout.endpoints, `${name}.json`)
}

/** `token` is absent where there is no such thing (a Unix socket), and null where there is none on purpose. */
export function endpointFile(name: string, endpoint: Endpoint, pid: number, startedAt: string): EndpointFile {
  return endpointFileSchema.parse({ version: 1, name, ...endpoint, pid, startedAt })
}

export async function publishEndpoint(layout: Layout, file: EndpointFile): Promise<void> {
  await privateFolder(layout.endpoints)
  await writeJson(endpointFileOf(layout, file.name), file, 0o600)
}

export async function withdrawEndpoint(layout: Layout, name: string): Promise<void> {
  await rm(endpointFileOf(layout, name), { force: true })
}
