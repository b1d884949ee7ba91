import { nameProblem, sameName } from '../../../contract/index.ts'
import type { Environment, Server, ServerSpec, StartServerParams, Transport } from '../../../contract/index.ts'
import { badLimits, limitFormOf, limitsFrom, usualLimits } from './limit-form.ts'
import type { LimitForm } from './limit-form.ts'

/** What a server that names no environment runs on; the host makes it if need be. */
export const defaultEnvironment = 'default'

/** Where a new server is to run unless somebody says otherwise: the one environment that the user has, where it is one. */
export function usualEnvironment(environments: readonly Pick<Environment, 'name' | 'state'>[]): string {
  const [only, ...others] = environments
  return only?.state === 'ready' && others.length === 0 ? only.name : defaultEnvironment
}

/** `usual`: the transport's usual port if it is free. `any`: the system chooses. `fixed`: that one or none. */
export type PortChoice = 'usual' | 'any' | 'fixed'

export interface ServerForm {
  readonly transport: Transport
  /** As typed; empty: the transport's name. */
  readonly name: string
  readonly environment: string
  readonly port: PortChoice
  /** Used with `fixed` only; undefined while the field is empty. */
  readonly fixedPort: number | undefined
  readonly auth: ServerSpec['auth']
  /** Undefined while the field is empty: one. */
  readonly workers: number | undefined
  readonly infrastructure: ServerSpec['infrastructure']
  readonly restart: ServerSpec['restart']
  readonly limits: LimitForm
}

/** Why the form cannot be sent. `taken`: a server has that name. */
export type NameProblem = { readonly kind: 'bad'; readonly why: string } | { readonly kind: 'taken' }

export const emptyForm: ServerForm = {
  transport: 'http',
  name: '',
  environment: defaultEnvironment,
  port: 'usual',
  fixedPort: undefined,
  auth: 'token',
  workers: 1,
  infrastructure: 'none',
  restart: 'on-failure',
  limits: usualLimits,
}

/** The form as a saved server has it. */
export function formOf(spec: ServerSpec): ServerForm {
  return {
    transport: spec.transport,
    name: spec.name,
    environment: spec.environment,
    port: spec.port === null ? 'usual' : spec.port === 0 ? 'any' : 'fixed',
    fixedPort: spec.port === null || spec.port === 0 ? undefined : spec.port,
    auth: spec.auth,
    workers: spec.workers,
    infrastructure: spec.infrastructure,
    restart: spec.restart,
    limits: limitFormOf(spec),
  }
}

export function nameOf({ name, transport }: Pick<ServerForm, 'name' | 'transport'>): string {
  return name === '' ? transport : name
}

/** What is wrong with the name. A saved server may keep its own. */
export function nameTrouble(form: ServerForm, servers: readonly Server[], saved?: ServerSpec): NameProblem | undefined {
  if (saved !== undefined) return undefined
  const name = nameOf(form)
  const why = nameProblem(name)
  if (why !== undefined) return { kind: 'bad', why }
  return servers.some((server) => sameName(server.name, name)) ? { kind: 'taken' } : undefined
}

/** A fixed port needs its number, 1 to 65535. */
export function isPortMissing({ transport, port, fixedPort }: ServerForm): boolean {
  if (transport === 'pipe' || port !== 'fixed') return false
  return fixedPort === undefined || !Number.isInteger(fixedPort) || fixedPort < 1 || fixedPort > 65_535
}

/** Whether it asks for what the host would refuse; the fields say what. */
export function isIncomplete(form: ServerForm): boolean {
  return isPortMissing(form) || badLimits(form.limits).length > 0
}

/** The whole description, as it is to be saved. What the form does not ask for stays as it was. */
export function specOf(form: ServerForm, saved?: ServerSpec): ServerSpec {
  return {
    name: saved?.name ?? nameOf(form),
    transport: form.transport,
    environment: form.environment,
    port: form.transport === 'pipe' || form.port === 'usual' ? null : form.port === 'any' ? 0 : (form.fixedPort ?? 0),
    auth: form.auth,
    workers: form.workers ?? 1,
    infrastructure: form.infrastructure,
    restart: form.restart,
    ...limitsFrom(form.limits),
  }
}

/** What the host is asked for a new one. What is as it would be without a word is left unsaid, so that the line stays short. */
export function startParams(form: ServerForm): StartServerParams {
  const { name, transport, environment, port, auth, workers, infrastructure, restart } = specOf(form)
  return {
    transport,
    ...(name === transport ? {} : { name }),
    ...(environment === defaultEnvironment ? {} : { environment }),
    ...(port === null ? {} : { port }),
    ...(auth === 'token' ? {} : { auth }),
    ...(workers === 1 ? {} : { workers }),
    ...(infrastructure === 'none' ? {} : { infrastructure }),
    ...(restart === 'on-failure' ? {} : { restart }),
    ...limitsFrom(form.limits),
  }
}

/** A copy of a server, under the first free name after its own: `demo 2`. */
export function copyOf(spec: ServerSpec, servers: readonly Server[]): ServerForm {
  const stem = spec.name.replace(/ \d+$/u, '')
  let number = 2
  while (servers.some(({ name }) => sameName(name, `${stem} ${number}`))) number += 1
  return { ...formOf(spec), name: `${stem} ${number}` }
}
