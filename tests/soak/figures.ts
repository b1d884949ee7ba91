import type { SoakReport } from './soak.ts'

/** What a soak has come to, for people. */
export function figuresOf(report: SoakReport): string {
  const { rounds, several, calls, marks, hazards, ends, growth, abandoned, own, processes, violations } = report
  const byEnd = new Map<string, number>()
  for (const kinds of ends.values()) for (const [end, times] of kinds) byEnd.set(end, (byEnd.get(end) ?? 0) + times)
  const answered = byEnd.get('answered') ?? 0
  const sorted = <T>(counts: ReadonlyMap<string, T>) => [...counts].sort(([a], [b]) => a.localeCompare(b))
  return [
    `${rounds} rounds; ${several} has two workers`,
    ...sorted(hazards).map(([what, times]) => row(what, times)),
    '',
    `${calls} calls: ${answered} answered, ${calls - answered} failed with a typed error`,
    ...sorted(byEnd).map(([end, times]) => row(end, times)),
    `code that leaves a mark: ${marks} runs, ${violations.some((one) => one.includes('ran twice')) ? 'SOME' : 'none'} twice`,
    '',
    'how calls ended',
    ...sorted(ends).map(([what, kinds]) =>
      row(what, [...kinds].map(([end, times]) => `${end} ${times}`).join(', '), 44),
    ),
    '',
    'processes at rest, first and last',
    ...growth.map(({ who, first, last, inspections }) =>
      row(
        who,
        `${inspections} looks`.padEnd(11) +
          `${mega(first.residentBytes)} → ${mega(last.residentBytes)}, ` +
          `descriptors ${first.descriptors} → ${last.descriptors}, threads ${first.threads} → ${last.threads}`,
        12,
      ),
    ),
    row('clients', `descriptors ${own.join(' → ')}`, 12),
    row('objects', `left by hang-ups: ${abandoned}`, 12),
    row('processes', `before ${processes[0]}, after ${processes[1]}`, 12),
    '',
    violations.length === 0 ? 'nothing wrong' : `WRONG (${violations.length}):\n${violations.join('\n')}`,
  ].join('\n')
}

function row(what: string, value: string | number, width = 20): string {
  return `  ${what.padEnd(width)} ${value}`
}

function mega(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`
}
