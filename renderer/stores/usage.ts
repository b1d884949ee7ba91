import { create } from 'zustand'
import type { UsageSample } from '../../contract/index.ts'

/** Samples kept for each server: some minutes' worth. */
const keptSamples = 150

interface UsageState {
  /** Server to its samples, oldest first. */
  readonly samples: Readonly<Record<string, readonly UsageSample[]>>
}

export const useUsage = create<UsageState>()(() => ({ samples: {} }))

export function addSample(server: string, sample: UsageSample): void {
  useUsage.setState(({ samples }) => ({
    samples: { ...samples, [server]: [...(samples[server] ?? []), sample].slice(-keptSamples) },
  }))
}
