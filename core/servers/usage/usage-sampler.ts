import type { UsageSample } from '../../../contract/index.ts'
import type { EventHub } from '../../events/index.ts'
import { processTable } from '../../platform/index.ts'
import type { ProcessRow } from '../../platform/index.ts'
import { firstMark, measure } from './usage.ts'
import type { UsageMark } from './usage.ts'

/** Samples kept of each server: five minutes of them, on Windows half an hour. */
const keptSamples = 150
/** Milliseconds after a question for which sampling goes on: whoever asks once asks again. */
const askedHoldsMs = 30_000
/** A look at the process table may take this share of the time, on a machine with very many processes. */
const mostShare = 0.05

/** Milliseconds between two samples. Windows needs a PowerShell for each look, which takes most of a second. */
export function sampleEveryMs(platform: NodeJS.Platform): number {
  return platform === 'win32' ? 10_000 : 2000
}

export interface UsageSamplerDeps {
  readonly events: Pick<EventHub, 'emit' | 'isHeard'>
  /** Told when looking begins to fail, and not again until it has worked in between. */
  readonly onProblem: (error: unknown) => void
  readonly table?: () => Promise<readonly ProcessRow[]>
  readonly everyMs?: number
  readonly now?: () => number
}

/** Measures what running servers take: while a door listens, or somebody asked lately; else it costs nothing. */
export interface UsageSampler {
  /** A server runs. `since`: when its first process was launched, on the clock of `now`; `roots`: its processes at the moment. */
  readonly add: (name: string, since: number, roots: () => readonly number[]) => void
  /** It no longer runs; its samples go with it. */
  readonly remove: (name: string) => void
  /** The samples of a server, oldest first, the last one fresh; none for one that does not run. */
  readonly read: (name: string) => Promise<readonly UsageSample[]>
}

interface Watched {
  readonly roots: () => readonly number[]
  samples: readonly UsageSample[]
  mark: UsageMark
}

export function createUsageSampler(deps: UsageSamplerDeps): UsageSampler {
  const { events, onProblem } = deps
  const look = deps.table ?? processTable
  const everyMs = deps.everyMs ?? sampleEveryMs(process.platform)
  const now = deps.now ?? (() => performance.now())
  const watched = new Map<string, Watched>()
  let askedAt = Number.NEGATIVE_INFINITY
  /** A tick is to come, or under way. */
  let isScheduled = false
  let looking: Promise<void> | undefined
  let isFailing = false

  const takeSamples = async () => {
    const table = await look()
    const at = now()
    const time = new Date().toISOString()
    for (const [name, server] of watched) {
      const { sample, mark } = measure(table, server.roots(), server.mark, at)
      const taken = { at: time, ...sample }
      server.mark = mark
      server.samples = [...server.samples, taken].slice(-keptSamples)
      events.emit('server.sampled', { name, sample: taken })
    }
    isFailing = false
  }
  /** Never rejects. Who comes while a look is under way waits for that one. */
  const sample = (): Promise<void> =>
    (looking ??= takeSamples()
      .catch((error: unknown) => {
        if (!isFailing) onProblem(error)
        isFailing = true
      })
      .finally(() => {
        looking = undefined
      }))
  const schedule = (ms: number) => {
    isScheduled = watched.size > 0
    if (isScheduled) setTimeout(tick, ms).unref()
  }
  const tick = () => {
    const began = now()
    const isWanted = watched.size > 0 && (events.isHeard() || began - askedAt < askedHoldsMs)
    if (!isWanted) return schedule(everyMs)
    void sample().then(() => schedule(Math.max(everyMs, (now() - began) / mostShare)))
  }

  return {
    add(name, since, roots) {
      watched.set(name, { roots, samples: [], mark: firstMark(since) })
      if (!isScheduled) schedule(everyMs)
    },
    remove: (name) => void watched.delete(name),
    async read(name) {
      askedAt = now()
      const server = watched.get(name)
      if (!server) return []
      if (server.samples.length === 0 || askedAt - server.mark.at > everyMs) await sample()
      return server.samples
    },
  }
}
