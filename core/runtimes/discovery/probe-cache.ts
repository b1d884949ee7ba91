import { stat } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { errorInfoSchema, probeSchema } from '../../../contract/index.ts'
import type { Layout } from '../../platform/index.ts'
import { readJson, writeJson } from '../../storage/index.ts'

/** What a probe came to: the facts, or why there are none. */
export const outcomeSchema = z.union([z.object({ probe: probeSchema }), z.object({ problem: errorInfoSchema })])
export type Outcome = z.infer<typeof outcomeSchema>

const entrySchema = z.object({ mtimeMs: z.number(), size: z.number(), at: z.number(), outcome: outcomeSchema })
const cacheFileSchema = z.object({ version: z.literal(1), entries: z.record(z.string(), entrySchema) })
type Entries = z.infer<typeof cacheFileSchema>['entries']

/**
 * Milliseconds that a bad answer, or one without pip or venv, is believed: what was lacking may be installed without the
 * interpreter's own file changing. A good answer holds until that file changes.
 */
const doubtAfterMs = 10 * 60_000

/** Answers of interpreters, kept on disk by the file's identity (real path, time, size), as uv does. Losing it costs time only. */
export interface ProbeCache {
  readonly get: (realpath: string) => Promise<Outcome | undefined>
  readonly set: (realpath: string, outcome: Outcome) => Promise<void>
  /** Writes what is new, and drops what was not asked for. */
  readonly save: () => Promise<void>
}

export async function openProbeCache(layout: Layout): Promise<ProbeCache> {
  const file = path.join(layout.cache, 'interpreters.json')
  const read = await readJson(file, cacheFileSchema).catch(() => undefined)
  const old: Entries = read?.state === 'ok' ? read.value.entries : {}
  const entries: Entries = {}
  let isChanged = false
  return {
    async get(realpath) {
      const entry = old[realpath]
      const facts = await stat(realpath).catch(() => undefined)
      if (!entry || !facts || facts.mtimeMs !== entry.mtimeMs || facts.size !== entry.size) return undefined
      if (isDoubtful(entry.outcome) && !(Date.now() - entry.at < doubtAfterMs && Date.now() >= entry.at))
        return undefined
      entries[realpath] = entry
      return entry.outcome
    },
    async set(realpath, outcome) {
      const facts = await stat(realpath).catch(() => undefined)
      if (!facts) return
      isChanged = true
      entries[realpath] = { mtimeMs: facts.mtimeMs, size: facts.size, at: Date.now(), outcome }
    },
    async save() {
      if (!isChanged && Object.keys(entries).length === Object.keys(old).length) return
      // Looking at the machine shall not make a data root where there is none, nor fail because it cannot be written.
      if (!(await stat(layout.cache).catch(() => undefined))) return
      await writeJson(file, { version: 1, entries }).catch(() => {})
    },
  }
}

function isDoubtful(outcome: Outcome): boolean {
  return 'problem' in outcome || !outcome.probe.hasPip || !outcome.probe.hasVenv
}
