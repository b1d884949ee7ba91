import type { Server } from '../../contract/index.ts'

/** A stopped http server, with what a test changes. */
export function serverNamed(name: string, more: Partial<Server> = {}): Server {
  const { transport = 'http', environment = 'default' } = more
  return {
    name,
    transport,
    state: 'stopped',
    environment,
    pid: null,
    processes: [],
    endpoint: null,
    spec: {
      name,
      transport,
      environment,
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
