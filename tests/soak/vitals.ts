import { readdirSync, readFileSync } from 'node:fs'

/** What a process holds. Read from /proc: a soak needs Linux. */
export interface Vitals {
  readonly descriptors: number
  readonly threads: number
  readonly residentBytes: number
}

/** Undefined when there is no such process. */
export function vitalsOf(pid: number): Vitals | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    const number = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'mu').exec(status)?.[1])
    return {
      descriptors: readdirSync(`/proc/${pid}/fd`).length,
      threads: number('Threads'),
      residentBytes: number('VmRSS') * 1024,
    }
  } catch {
    return undefined
  }
}

/** Pids of what stands below a process, at any depth; those that have ended and nobody has waited for are among them. */
export function descendantsOf(pid: number): number[] {
  const parents = new Map<number, number>()
  for (const entry of readdirSync('/proc'))
    if (/^\d+$/u.test(entry)) parents.set(Number(entry), parentOf(Number(entry)))
  const isBelow = (one: number): boolean => {
    const parent = parents.get(one) ?? 0
    return parent === pid || (parent > 1 && isBelow(parent))
  }
  return [...parents.keys()].filter(isBelow)
}

function parentOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return 0
  }
}
