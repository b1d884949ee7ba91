import type { ServerMetrics } from '../../../../contract/index.ts'

/** A look at a server that has done nothing, with what a test changes. */
export function lookAt(second: number, more: Partial<ServerMetrics> = {}): ServerMetrics {
  return {
    at: new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString(),
    startedAt: '2026-01-01T00:00:00.000+00:00',
    requests: 0,
    errors: {},
    latency: { bounds: [0.001, 0.1], counts: [0, 0, 0], totalSeconds: 0 },
    running: 0,
    waiting: 0,
    queueLimit: 1000,
    connections: 1,
    workers: 1,
    workersLost: 0,
    sessions: 0,
    handles: 0,
    processes: [],
    usage: null,
    ...more,
  }
}
