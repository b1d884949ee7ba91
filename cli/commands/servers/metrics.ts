import { latencyAt } from '../../../contract/index.ts'
import type { ServerMetrics } from '../../../contract/index.ts'
import { required } from '../../inputs.ts'
import { fields } from '../../text/table.ts'
import { bytes, localTime, shortTime } from '../../text/units.ts'
import { verb } from '../../verb.ts'

export const serverMetrics = verb({
  words: ['metrics', 'servers metrics'],
  summary: 'Show what a running server has done and has in hand',
  commands: ['servers.metrics'],
  inputs: { name: required('name', 'which one') },
  more: 'Counted since its start. An http server tells the same at /metrics, in the text format of Prometheus.',
  async run({ call }, { name }) {
    const metrics = await call('servers.metrics', { name })
    return { json: metrics, text: metricsText(metrics) }
  },
})

export function metricsText(metrics: ServerMetrics): string {
  const { latency, usage, errors } = metrics
  const failed = Object.entries(errors).map(([code, count]) => `${count} ${code}`)
  const at = (share: number) => {
    const seconds = latencyAt(latency, share)
    return seconds === undefined ? '' : shortTime(seconds)
  }
  return fields([
    ['since', localTime(metrics.startedAt)],
    ['requests', `${metrics.requests}, ${metrics.running} running, ${metrics.waiting} waiting`],
    ['errors', failed.join(', ') || 'none'],
    ['half within', at(0.5)],
    ['99 % within', at(0.99)],
    ['workers', `${metrics.workers}, ${metrics.workersLost} lost and replaced`],
    ['sessions', String(metrics.sessions)],
    ['handles', String(metrics.handles)],
    ['connections', String(metrics.connections)],
    ['cores', usage === null ? '' : usage.cpu.toFixed(2)],
    ['memory', usage === null ? '' : bytes(usage.memoryBytes)],
  ])
}
