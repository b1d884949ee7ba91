import { stat } from 'node:fs/promises'
import { folderSize } from '../storage/index.ts'
import type { Manifest } from './manifest.ts'
import { sitePackages } from './site-packages.ts'
import { snapshotsFolder } from './snapshots/entries.ts'

export type SizeRecord = Manifest['size']

/**
 * Sizes without waiting. Each of our own changes measures the folder and keeps the figure in the manifest, with the time
 * stamp of site-packages. Where the stamp shows that somebody else has installed since, the old figure is given out and a
 * new one measured in the background, for the next question.
 */
export interface Sizes {
  readonly of: (root: string, recorded: SizeRecord, platform: NodeJS.Platform) => Promise<number>
}

/** Not at once and unref'd: a program that answers one question and leaves does not stay to measure. */
const measureAfterMs = 250

export async function measure(root: string, platform: NodeJS.Platform): Promise<SizeRecord> {
  // Stamp first: what changes while we count is then seen as a change.
  const stamp = await stampOf(root, platform)
  return { bytes: await folderSize(root, [snapshotsFolder]), stamp }
}

export function createSizes(): Sizes {
  const measured = new Map<string, SizeRecord>()
  const waiting = new Set<string>()
  let queue: Promise<void> = Promise.resolve()
  const measureLater = (root: string, platform: NodeJS.Platform) => {
    if (waiting.has(root)) return
    waiting.add(root)
    setTimeout(() => {
      queue = queue.then(async () => {
        measured.set(root, await measure(root, platform))
        waiting.delete(root)
      })
    }, measureAfterMs).unref()
  }
  return {
    async of(root, recorded, platform) {
      const stamp = await stampOf(root, platform)
      if (stamp === recorded.stamp) return recorded.bytes
      const known = measured.get(root)
      if (known?.stamp !== stamp) measureLater(root, platform)
      return known?.bytes ?? recorded.bytes
    },
  }
}

async function stampOf(root: string, platform: NodeJS.Platform): Promise<number> {
  const folder = await sitePackages(root, platform)
  const facts = folder === undefined ? undefined : await stat(folder).catch(() => undefined)
  return facts?.mtimeMs ?? 0
}
