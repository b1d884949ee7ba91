import type { Server } from '../../../../contract/index.ts'

/** A stopped http server, with what a test changes. */
export function serverNamed(name: string, more: Partial<Server> = {}): Server {
  return {
    name,
    transport: 'http',
    state: 'stopped',
    environment: 'default',
    pid: null,
    processes: [],
    endpoint: null,
    spec: {
      name,
      transport: 'http',
      environment: 'default',
      port: null,
      auth: 'token',
      workers: 1,
      infrastructure: 'none',
      restart: 'on-failure',
    },
    startedAt: null,
    workersLost: 0,
    ...more,
  }
}
