import type { UsageSample } from '../../../contract/index.ts'
import { treeRows } from '../../platform/index.ts'
import type { ProcessRow } from '../../platform/index.ts'

/** Processor seconds of each process at one moment. A pid alone may belong to another process by the next one. */
export interface UsageMark {
  /** Milliseconds, on a clock that only goes forward. */
  readonly at: number
  readonly cpuSeconds: ReadonlyMap<string, number>
}

/** A server as it began: nothing had been used. */
export function firstMark(at: number): UsageMark {
  return { at, cpuSeconds: new Map() }
}

/**
 * What the trees on these pids took since the mark, together. Memory that processes share is counted for each, as everywhere.
 * What a process did that has ended since is lost.
 */
export function measure(
  table: readonly ProcessRow[],
  roots: readonly number[],
  before: UsageMark,
  now: number,
): { readonly sample: Omit<UsageSample, 'at'>; readonly mark: UsageMark } {
  const rows = [...table.filter(({ pid }) => roots.includes(pid)), ...treeRows(table, roots)]
  const cpuSeconds = new Map(rows.map((row) => [`${row.pid} ${row.start ?? ''}`, row.cpuSeconds ?? 0]))
  const used = [...cpuSeconds].map(([key, seconds]) => Math.max(0, seconds - (before.cpuSeconds.get(key) ?? 0)))
  const elapsedSeconds = (now - before.at) / 1000
  const cpu = elapsedSeconds > 0 ? sum(used) / elapsedSeconds : 0
  return {
    sample: { cpu, memoryBytes: sum(rows.map((row) => row.memoryBytes ?? 0)) },
    mark: { at: now, cpuSeconds },
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
