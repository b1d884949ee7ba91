import { latencyAt } from '../../../contract/index.ts'
import type { ServerMetrics, WorkerMetrics } from '../../../contract/index.ts'
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
    ...(metrics.eachWorker ?? []).map((one) => [`worker ${one.worker}`, workerText(one)] as const),
    ['cores', usage === null ? '' : usage.cpu.toFixed(2)],
    ['memory', usage === null ? '' : bytes(usage.memoryBytes)],
  ])
}

function workerText({ pid, ready, running, waiting, requests, sessions, lost }: WorkerMetrics): string {
  const state = ready ? (running > 0 ? 'runs code' : 'idle') : 'is being replaced'
  const counts = `requests ${requests}, waiting ${waiting}, sessions ${sessions}, lost ${lost}`
  return `${pid === null ? '' : `pid ${pid}, `}${state}; ${counts}`
}
