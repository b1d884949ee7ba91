import { nameProblem, sameName } from '../../../contract/index.ts'
import type { Server, ServerSpec, StartServerParams } from '../../../contract/index.ts'

/** What a server that names no environment runs on; the host makes it if need be. */
export const defaultEnvironment = 'default'

/** Transports of this version; the contract knows one more. */
export const offeredTransports = ['http', 'pipe'] as const

/** `usual`: the transport's usual port if it is free. `any`: the system chooses. `fixed`: that one or none. */
export type PortChoice = 'usual' | 'any' | 'fixed'

export interface StartForm {
  readonly transport: (typeof offeredTransports)[number]
  /** As typed; empty: the transport's name. */
  readonly name: string
  readonly environment: string
  readonly port: PortChoice
  /** Used with `fixed` only; undefined while the field is empty. */
  readonly fixedPort: number | undefined
  readonly auth: ServerSpec['auth']
}

/** Why the form cannot be sent. `taken`: a server has that name. */
export type NameProblem = { readonly kind: 'bad'; readonly why: string } | { readonly kind: 'taken' }

export const emptyForm: StartForm = {
  transport: 'http',
  name: '',
  environment: defaultEnvironment,
  port: 'usual',
  fixedPort: undefined,
  auth: 'token',
}

/** The form as a saved server has it. */
export function formOf(spec: ServerSpec): StartForm {
  return {
    transport: spec.transport === 'pipe' ? 'pipe' : 'http',
    name: spec.name,
    environment: spec.environment,
    port: spec.port === null ? 'usual' : spec.port === 0 ? 'any' : 'fixed',
    fixedPort: spec.port === null || spec.port === 0 ? undefined : spec.port,
    auth: spec.auth,
  }
}

export function nameOf({ name, transport }: Pick<StartForm, 'name' | 'transport'>): string {
  return name === '' ? transport : name
}

/** What is wrong with the name. A saved server may keep its own. */
export function nameTrouble(form: StartForm, servers: readonly Server[], saved?: ServerSpec): NameProblem | undefined {
  if (saved !== undefined) return undefined
  const name = nameOf(form)
  const why = nameProblem(name)
  if (why !== undefined) return { kind: 'bad', why }
  return servers.some((server) => sameName(server.name, name)) ? { kind: 'taken' } : undefined
}

/** A fixed port needs its number, 1 to 65535. */
export function isPortMissing({ transport, port, fixedPort }: StartForm): boolean {
  if (transport === 'pipe' || port !== 'fixed') return false
  return fixedPort === undefined || !Number.isInteger(fixedPort) || fixedPort < 1 || fixedPort > 65_535
}

/** A start changes the fields it names; a port once chosen cannot be taken back to "the usual one". */
export function isUsualPortOffered(saved: ServerSpec | undefined, transport: StartForm['transport']): boolean {
  return saved === undefined || saved.port === null || saved.transport !== transport
}

/** What the host is asked. What is as it would be without a word is left unsaid, so that the line stays short. */
export function startParams(form: StartForm, saved?: ServerSpec): StartServerParams {
  const name = saved?.name ?? nameOf(form)
  const port = form.transport === 'pipe' || form.port === 'usual' ? undefined : form.port === 'any' ? 0 : form.fixedPort
  return {
    ...(saved?.transport === form.transport ? {} : { transport: form.transport }),
    ...(saved === undefined && name === form.transport ? {} : { name }),
    ...(form.environment === (saved?.environment ?? defaultEnvironment) ? {} : { environment: form.environment }),
    ...(port === undefined ? {} : { port }),
    ...(form.auth === (saved?.auth ?? 'token') ? {} : { auth: form.auth }),
  }
}
