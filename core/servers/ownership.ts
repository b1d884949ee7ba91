import { rm } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { serverProcessSchema } from '../../contract/index.ts'
import { isSameProcess, ownStart } from '../platform/index.ts'
import type { Layout } from '../platform/index.ts'
import { namesIn, privateFolder, readJson, writeJson } from '../storage/index.ts'
import { endpointFileOf, withdrawEndpoint } from './endpoint-file.ts'
import { addressIsFree } from './ports/freedom.ts'
import { killRows, provenRows } from './proven-kill.ts'

const knownSchema = z.object({ pid: z.number().int().positive(), start: z.string().nullable() })

/** What runs, and for whom: by this the next host tells the leftovers of a killed one from strangers. */
const recordSchema = z.object({
  version: z.literal(1),
  name: z.string(),
  owner: knownSchema,
  /** The pool's socket or pipe. */
  address: z.string(),
  port: z.number().int().nullable(),
  processes: z.array(knownSchema.extend({ role: serverProcessSchema.shape.role })),
})
export type OwnershipRecord = z.infer<typeof recordSchema>

const prefix = 'server-'
const killMs = 3000

function recordFile(layout: Layout, name: string): string {
  return path.join(layout.run, `${prefix}${name}.json`)
}

export async function writeOwnership(
  layout: Layout,
  record: Omit<OwnershipRecord, 'version' | 'owner'>,
): Promise<void> {
  await privateFolder(layout.run)
  const owner = { pid: process.pid, start: await ownStart() }
  await writeJson(recordFile(layout, record.name), { version: 1, owner, ...record }, 0o600, 'our-end')
}

export async function removeOwnership(layout: Layout, name: string): Promise<void> {
  await rm(recordFile(layout, name), { force: true })
}

/** What was found of a server whose host is gone. */
export interface Reclaimed {
  readonly name: string
  /** Pids that would not go. */
  readonly survivors: readonly number[]
}

/**
 * Clears away what a killed host left: processes that are provably its own, their sockets, their endpoint files. What
 * belongs to a host that is alive is left alone. Call it before the first server starts.
 */
export async function reclaimServers(layout: Layout): Promise<readonly Reclaimed[]> {
  const reclaimed: Reclaimed[] = []
  const owned = new Set<string>()
  for (const entry of await namesIn(layout.run)) {
    if (!entry.startsWith(prefix) || !entry.endsWith('.json')) continue
    const file = path.join(layout.run, entry)
    const found = await readJson(file, recordSchema)
    if (found.state === 'absent') continue
    if (found.state === 'unreadable') {
      await rm(file, { force: true })
      continue
    }
    const { name, owner, address, processes } = found.value
    if (await isSameProcess(owner.pid, owner.start)) {
      owned.add(path.basename(endpointFileOf(layout, name)))
      continue
    }
    const survivors = await killRows(await provenRows(processes, false), killMs)
    await addressIsFree(address, killMs)
    await withdrawEndpoint(layout, name)
    if (survivors.length === 0) await rm(file, { force: true })
    reclaimed.push({ name, survivors })
  }
  for (const entry of await namesIn(layout.endpoints)) {
    if (entry.endsWith('.json') && !owned.has(entry)) await rm(path.join(layout.endpoints, entry), { force: true })
  }
  return reclaimed
}
