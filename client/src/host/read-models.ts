import { BackendError } from '../errors.ts'
import type {
  Environment,
  EnvironmentStatus,
  HostJob,
  HostServer,
  InstalledPackage,
  Progress,
  Runtime,
  ServerEndpoint,
} from './models.ts'
import { isJsonObject } from '../values/json.ts'
import type { JsonObject } from '../values/json.ts'

// What the operations of docs/wire.md §2.5 and §2.6 answer, in either form: JSON, or messages of gRPC, in which what is absent
// is empty, zero or undefined.

export function progressFrom(told: unknown): Progress {
  const fields = isJsonObject(told) ? told : {}
  return { fraction: number(fields, 'fraction'), title: text(fields, 'title'), detail: maybe(fields, 'detail') }
}

export function environmentFrom(fields: JsonObject): Environment {
  return {
    name: needed(fields, 'name'),
    path: needed(fields, 'path'),
    executable: text(fields, 'executable'),
    python: text(fields, 'python'),
    state: fields['state'] === 'broken' ? 'broken' : 'ready',
    requirements: list(fields, 'requirements').map(String),
    usedBy: list(fields, 'usedBy').map(String),
    sizeBytes: number(fields, 'sizeBytes') ?? 0,
  }
}

export function environmentStatusFrom(fields: JsonObject): EnvironmentStatus {
  const packages = objects(fields, 'packages').map((one): InstalledPackage => ({
    name: needed(one, 'name'),
    version: text(one, 'version'),
  }))
  return { ...environmentFrom(fields), packages }
}

export function runtimeFrom(fields: JsonObject): Runtime {
  return {
    id: needed(fields, 'runtimeId'),
    version: text(fields, 'version'),
    executable: text(fields, 'executable'),
    state: fields['state'] === 'broken' ? 'broken' : 'ready',
    isDefault: fields['isDefault'] === true,
  }
}

export function serverFrom(fields: JsonObject): HostServer {
  const endpoint = fields['endpoint']
  return {
    name: needed(fields, 'name'),
    transport: needed(fields, 'transport') as HostServer['transport'],
    state: needed(fields, 'state') as HostServer['state'],
    environment: text(fields, 'environment'),
    pid: number(fields, 'pid') || undefined,
    endpoint: isJsonObject(endpoint) ? endpointFrom(endpoint) : undefined,
  }
}

function endpointFrom(fields: JsonObject): ServerEndpoint {
  const known = ['url', 'path', 'address', 'token'].flatMap((name) => {
    const value = maybe(fields, name)
    return value === undefined ? [] : [[name, value]]
  })
  return { transport: needed(fields, 'transport') as ServerEndpoint['transport'], ...Object.fromEntries(known) }
}

export function jobFrom(fields: JsonObject): HostJob {
  return {
    id: needed(fields, 'jobId'),
    command: text(fields, 'command'),
    subject: text(fields, 'subject'),
    state: needed(fields, 'state') as HostJob['state'],
    progress: progressFrom(fields['progress']),
    problem: maybe(fields, 'problem'),
  }
}

/** The objects of a list in a reply. */
export function objects(fields: JsonObject, name: string): readonly JsonObject[] {
  return list(fields, name).filter(isJsonObject)
}

function list(fields: JsonObject, name: string): readonly unknown[] {
  const value = fields[name]
  return Array.isArray(value) ? value : []
}

function maybe(fields: JsonObject, name: string): string | undefined {
  const value = fields[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

function text(fields: JsonObject, name: string): string {
  return maybe(fields, name) ?? ''
}

function number(fields: JsonObject, name: string): number | undefined {
  const value = fields[name]
  return typeof value === 'number' ? value : undefined
}

/** @throws BackendError PROTOCOL */
function needed(fields: JsonObject, name: string): string {
  const value = maybe(fields, name)
  if (value !== undefined) return value
  throw new BackendError('PROTOCOL', `The server answered without the field ${name}.`, {
    hint: 'Check that client and server are of the same version.',
  })
}
