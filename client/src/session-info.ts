import { BackendError } from './errors.ts'
import { isJsonObject } from './values/json.ts'
import type { JsonObject } from './values/json.ts'
import type { SessionInfo, SessionOptions } from './session.ts'

const options = [
  'name',
  'workingFolder',
  'environmentVariables',
  'leaseSeconds',
  'handleLimit',
  'timeoutSeconds',
  'ownProcess',
  'memoryLimitBytes',
] as const

export function sessionPayload(given: SessionOptions): JsonObject {
  return Object.fromEntries(options.flatMap((name) => (given[name] === undefined ? [] : [[name, given[name]]])))
}

/** @throws BackendError PROTOCOL */
export function sessionInfo(described: unknown): SessionInfo {
  const fields = isJsonObject(described) ? described : {}
  const id = fields['sessionId']
  if (typeof id !== 'string') {
    throw new BackendError('PROTOCOL', 'The server described a session without an id.', {
      hint: 'Check that client and server are of the same version.',
    })
  }
  const text = (name: string): string | undefined => {
    const value = fields[name]
    return typeof value === 'string' ? value : undefined
  }
  const number = (name: string): number | undefined => {
    const value = fields[name]
    return typeof value === 'number' ? value : undefined
  }
  return {
    id,
    name: text('name'),
    ownProcess: fields['ownProcess'] === true,
    createdAt: new Date(text('createdAt') ?? Number.NaN),
    workingFolder: text('workingFolder'),
    leaseSeconds: number('leaseSeconds') ?? 0,
    idleSeconds: number('idleSeconds') ?? 0,
    requests: number('requests') ?? 0,
    handles: number('handles') ?? 0,
    handleLimit: number('handleLimit') ?? 0,
    timeoutSeconds: number('timeoutSeconds'),
    memoryLimitBytes: number('memoryLimitBytes'),
    pid: number('pid'),
    path: text('path'),
  }
}
