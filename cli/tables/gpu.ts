import type { GpuReport } from '../../contract/index.ts'
import { fields, table } from '../text/table.ts'

export function gpuText(report: GpuReport): string {
  const chosen = [report.backend, report.version, report.isForced ? '(the settings say so)' : undefined]
  const facts = fields([
    ['back end', chosen.filter(Boolean).join(' ')],
    ['devices', report.devices.join(', ')],
  ])
  const findings = table(report.findings, [
    { title: 'back end', cell: ({ backend }) => backend },
    { title: 'found', cell: ({ isFound }) => (isFound ? 'yes' : 'no') },
    { title: 'version', cell: ({ version }) => version ?? '' },
    { title: 'devices', cell: ({ devices }) => devices.join(', ') },
    { title: 'told by', cell: ({ detail }) => detail },
  ])
  return `${facts}\n\n${findings}`
}
