import type { UsageSample } from '../../../contract/index.ts'
import { bytes } from '../../lib/format.ts'

/** Samples that a small chart shows: some two minutes. */
export const chartSamples = 60

/** Busy cores as people read them: 1 is 100 %. Below one percent it is told as such, since 0 would look like a stand-still. */
export function cpuText(cpu: number): string {
  const percent = cpu * 100
  if (percent > 0 && percent < 0.95) return '< 1 %'
  return `${Math.round(percent)} %`
}

export interface Spread {
  readonly last: string
  readonly low: string
  readonly high: string
}

/** The newest figure and the bounds of all, as text; undefined without any. */
export function spreadOf(samples: readonly UsageSample[], kind: 'cpu' | 'memoryBytes'): Spread | undefined {
  const figures = samples.map((sample) => sample[kind])
  const last = figures.at(-1)
  if (last === undefined) return undefined
  const text = kind === 'cpu' ? cpuText : bytes
  return { last: text(last), low: text(Math.min(...figures)), high: text(Math.max(...figures)) }
}
