import { AppError, serverSpecSchema, withLimits } from '../../contract/index.ts'
import type { CheckedParams, ServerSpec } from '../../contract/index.ts'

export type StartParams = CheckedParams<'servers.start'>

/** The environment of a server that names none. */
export const defaultEnvironmentName = 'default'

/**
 * The name that a start is about.
 * @throws INVALID_PARAMS where neither a name nor a transport is given.
 */
export function requestedName(params: StartParams): string {
  const name = params.name ?? params.transport
  if (name !== undefined) return name
  throw new AppError('INVALID_PARAMS', 'servers.start needs a transport or the name of a saved server', {
    hint: 'Transports are http, pipe and rpc.',
  })
}

/**
 * What is to run: the saved description with the given fields changed, or a new one with defaults.
 * @throws NOT_FOUND for a name alone that is not saved, INVALID_PARAMS
 */
export function resolveSpec(params: StartParams, saved: ServerSpec | undefined): ServerSpec {
  const transport = params.transport ?? saved?.transport
  if (transport === undefined) {
    throw new AppError('NOT_FOUND', `There is no saved server ${requestedName(params)}`, {
      hint: 'Name a transport to make a new one, for instance `beep-host start http`.',
    })
  }
  if (transport === 'pipe' && typeof params.port === 'number') {
    throw new AppError('INVALID_PARAMS', 'A pipe server has no port', {
      hint: 'Leave the port out, or start an http or rpc server.',
    })
  }
  // A port belongs to the transport it was chosen for.
  const savedPort = saved?.transport === transport ? saved.port : null
  return serverSpecSchema.parse({
    name: saved?.name ?? requestedName(params),
    transport,
    environment: params.environment ?? saved?.environment ?? defaultEnvironmentName,
    port: params.port === undefined ? savedPort : params.port,
    auth: params.auth ?? saved?.auth ?? 'token',
    workers: params.workers ?? saved?.workers ?? 1,
    infrastructure: params.infrastructure ?? saved?.infrastructure ?? 'none',
    restart: params.restart ?? saved?.restart ?? 'on-failure',
    ...withLimits(saved ?? {}, params),
  })
}

/** True if a start with these params would start just this description: then it may join the one in flight. */
export function asksFor(params: StartParams, spec: ServerSpec): boolean {
  const { name: _name, ...fields } = params
  return Object.entries(fields).every(
    // Null is what is not said: the usual.
    ([field, value]) => value === undefined || value === (spec[field as keyof typeof fields] ?? null),
  )
}

export function sameSpec(a: ServerSpec, b: ServerSpec): boolean {
  const fields = Object.keys({ ...a, ...b }) as (keyof ServerSpec)[]
  // Null is what is not said: the usual.
  return fields.every((field) => (a[field] ?? null) === (b[field] ?? null))
}
