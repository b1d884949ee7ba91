import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { BackendError } from '../errors.ts'
import type { JsonObject } from '../values/json.ts'
import { readPrivateFile } from './private-file.ts'

/** A running server, as its file `endpoints/<name>.json` tells it. */
export interface Endpoint {
  readonly name: string
  readonly transport: 'http' | 'pipe' | 'rpc'
  readonly url?: string
  readonly path?: string
  readonly address?: string
  readonly token?: string
  readonly pid: number
  /** ISO 8601 */
  readonly startedAt: string
}

const addressField = { http: 'url', pipe: 'path', rpc: 'address' } as const

/** The endpoint that a file holds, or why it holds none. */
export function parseEndpoint(content: JsonObject): Endpoint | string {
  const { version, name, transport, token, pid, startedAt } = content
  if (version !== 1) return `its version is ${JSON.stringify(version)}, and this client reads version 1`
  if (typeof name !== 'string') return 'it has no name'
  if (transport !== 'http' && transport !== 'pipe' && transport !== 'rpc') return 'its transport is unknown'
  const field = addressField[transport]
  const address = content[field]
  if (typeof address !== 'string' || address === '') return `it has no ${field}`
  return {
    name,
    transport,
    [field]: address,
    ...(typeof token === 'string' && token !== '' ? { token } : {}),
    pid: typeof pid === 'number' ? pid : 0,
    startedAt: typeof startedAt === 'string' ? startedAt : '',
  }
}

/**
 * The endpoint of the server called `name`.
 * @throws BackendError ENDPOINT_NOT_FOUND, ENDPOINT_INVALID; BAD_REQUEST for what cannot be a name.
 */
export async function readEndpoint(home: string, name: string): Promise<Endpoint> {
  if (name === '' || name === '.' || name === '..' || /[/\\\0]/.test(name)) {
    throw new BackendError('BAD_REQUEST', `"${name}" is neither the name of a server nor an absolute path.`)
  }
  const path = endpointPath(home, name)
  const found = await readEndpointFile(path)
  if (found === undefined) {
    throw new BackendError('ENDPOINT_NOT_FOUND', `No server called "${name}" is running.`, {
      hint: `Start it, or set BEEP_HOME if it was started with another one (looked in ${home}).`,
      details: { name, path },
    })
  }
  if (typeof found === 'string') {
    throw new BackendError('ENDPOINT_INVALID', `The endpoint file ${path} cannot be used: ${found}.`, {
      hint: `Restart the server "${name}" to have it written again.`,
      details: { name, path, reason: found },
    })
  }
  return found
}

export interface EndpointSearch {
  readonly endpoint: Endpoint | undefined
  /** Files that could not be used, with the reason: one of them may be the one that was sought. */
  readonly unusable: readonly string[]
}

/** The latest endpoint that `matches`. A file left over from a crash may stand beside the one in force. */
export async function findEndpoint(home: string, matches: (endpoint: Endpoint) => boolean): Promise<EndpointSearch> {
  const folder = join(home, 'endpoints')
  const files = await readdir(folder).catch(() => [])
  const found: Endpoint[] = []
  const unusable: string[] = []
  for (const file of files.filter((entry) => entry.endsWith('.json'))) {
    const endpoint = await readEndpointFile(join(folder, file))
    if (typeof endpoint === 'string') unusable.push(`${join(folder, file)}: ${endpoint}`)
    else if (endpoint !== undefined && matches(endpoint)) found.push(endpoint)
  }
  found.sort((one, other) => (one.startedAt < other.startedAt ? 1 : -1))
  return { endpoint: found[0], unusable }
}

async function readEndpointFile(path: string): Promise<Endpoint | string | undefined> {
  const file = await readPrivateFile(path)
  if (file.state === 'missing') return undefined
  return file.state === 'refused' ? file.reason : parseEndpoint(file.content)
}

function endpointPath(home: string, name: string): string {
  return join(home, 'endpoints', `${name}.json`)
}
