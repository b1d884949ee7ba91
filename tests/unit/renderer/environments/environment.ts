import type { Environment } from '../../../../contract/index.ts'

export function environment(name: string, more: Partial<Environment> = {}): Environment {
  return {
    name,
    root: `/data root é/environments/${name}`,
    kind: 'user',
    executable: `/data root é/environments/${name}/bin/python`,
    python: '3.12.14',
    runtime: 'cpython-3.12',
    state: 'ready',
    createdAt: '2026-01-01T00:00:00.000Z',
    sizeBytes: 1000,
    requirements: [],
    usedBy: [],
    ...more,
  }
}
