import { create } from 'zustand'
import type { UsageSample } from '../../contract/index.ts'
import { call } from './call.ts'

/** Samples kept for each server: some minutes' worth. */
const keptSamples = 150

interface UsageState {
  /** Server to its samples, oldest first. One server's array changes with its own samples only. */
  readonly samples: Readonly<Record<string, readonly UsageSample[]>>
}

export const useUsage = create<UsageState>()(() => ({ samples: {} }))

/** Server to the number of places on screen that show its usage. */
const watchers = new Map<string, number>()

export function addSample(server: string, sample: UsageSample): void {
  put(server, (known) => merged(known, [sample]))
}

/** Fetches what the host remembers, and again after each pause in the connection. Returns the way to stop. */
export function watchUsage(server: string): () => void {
  watchers.set(server, (watchers.get(server) ?? 0) + 1)
  void fetchUsage(server)
  return () => {
    const left = (watchers.get(server) ?? 1) - 1
    if (left > 0) watchers.set(server, left)
    else watchers.delete(server)
  }
}

export function refetchWatchedUsage(): void {
  for (const server of watchers.keys()) void fetchUsage(server)
}

export function forgetUsage(server: string): void {
  useUsage.setState(({ samples }) => {
    const { [server]: _, ...others } = samples
    return { samples: others }
  })
}

async function fetchUsage(server: string): Promise<void> {
  try {
    const fetched = await call('servers.usage', { name: server })
    put(server, (known) => merged(fetched, known))
  } catch {
    // Figures beside a server: without a past they begin with the next sample.
  }
}

function put(server: string, change: (known: readonly UsageSample[]) => readonly UsageSample[]): void {
  useUsage.setState(({ samples }) => ({ samples: { ...samples, [server]: change(samples[server] ?? []) } }))
}

/** Both by time, each moment once. Times are ISO 8601 in UTC, so texts compare as times do. */
function merged(older: readonly UsageSample[], newer: readonly UsageSample[]): readonly UsageSample[] {
  const last = older.at(-1)?.at ?? ''
  return [...older, ...newer.filter(({ at }) => at > last)].slice(-keptSamples)
}

/** The samples of a run that began at that moment: those of an earlier one say nothing about it. */
export function samplesSince(samples: readonly UsageSample[] | undefined, startedAt: string | null) {
  if (samples === undefined || startedAt === null) return []
  return samples.filter(({ at }) => at >= startedAt)
}
