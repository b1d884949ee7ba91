import { AppError, isCommandName, commands } from '../../contract/index.ts'
import type { ServerSpec } from '../../contract/index.ts'

/** What a server may be given by the code of another one, and what its saved description says, which the user has approved. */
type Granted = Pick<ServerSpec, 'auth' | 'infrastructure'>

const nothing: Granted = { auth: 'token', infrastructure: 'none' }

/** Commands whose params may give something to a server. */
const granting = ['servers.start', 'servers.save']

/**
 * What the code of a server wants to give to a server beyond what the user has given it; undefined: nothing. A server that may
 * ask its host is started as it was saved, and in no other environment, which would be other code with that right.
 */
export function grantBeyond(params: Partial<ServerSpec>, saved: ServerSpec | undefined): string | undefined {
  const { auth, infrastructure } = saved ?? nothing
  const given = { auth: params.auth ?? auth, infrastructure: params.infrastructure ?? infrastructure }
  if (given.infrastructure !== 'none' && given.infrastructure !== infrastructure)
    return `the scope ${given.infrastructure}`
  if (given.auth === 'none' && auth !== 'none') return 'a door without a token'
  const changed = (['transport', 'environment'] as const).find(
    (field) => saved !== undefined && params[field] !== undefined && params[field] !== saved[field],
  )
  return given.infrastructure !== 'none' && changed !== undefined
    ? `another ${changed} with the scope ${given.infrastructure}`
    : undefined
}

/**
 * Refuses commands by which the code of a server would give more than was given to it: a token that outlives its own, or a door
 * that anybody may use.
 * @param savedSpec the saved description of a server, where there is one.
 * @throws FORBIDDEN
 */
export async function refuseGranting(
  command: string,
  params: unknown,
  savedSpec: (name: string) => Promise<ServerSpec | undefined>,
): Promise<void> {
  if (!granting.includes(command) || !isCommandName(command)) return
  const checked = commands[command].params.safeParse(params)
  // What is no params is refused by the command itself.
  if (!checked.success) return
  const wanted = checked.data as Partial<ServerSpec>
  const name = wanted.name ?? wanted.transport
  const beyond = name === undefined ? undefined : grantBeyond(wanted, await savedSpec(name))
  if (beyond === undefined) return
  throw new AppError('FORBIDDEN', `The code of a server cannot give ${beyond} to the server ${name}`, {
    hint: 'Give it yourself, in the window or with `beep-host servers save`; then the code may start it by its name.',
    details: { name, auth: wanted.auth, infrastructure: wanted.infrastructure },
  })
}
