import { AppError } from '../../contract/index.ts'
import type { Server } from '../../contract/index.ts'
import { describeHolders, portHolders } from './ports/port-holder.ts'

/** What only a running server can do. */
export function notRunning({ name, state, transport, error }: Server): AppError {
  return new AppError('NOT_RUNNING', `Server ${name} is ${state}`, {
    hint: `Start it with \`beep-host start ${transport} --name ${name}\`.`,
    ...(error ? { details: { error } } : {}),
  })
}

/** What a start is told that meets a server which is there already. */
export function alreadyRunning(name: string, how: string): AppError {
  return new AppError('ALREADY_RUNNING', `Server ${name} ${how}`, {
    hint: `Stop it first with \`beep-host stop ${name}\`, or choose another name with --name.`,
    details: { name },
  })
}

/** A start that finds its own address taken. */
export function addressInUse(name: string, address: string): AppError {
  return new AppError('SERVER_FAILED', `Something already answers at ${address}, where server ${name} is to listen`, {
    hint: 'Another host may be running on this data root: run `beep-host status`.',
    details: { path: address },
  })
}

/** A start that finds its port taken, and by whom. `ours`: the server of this host that has it. */
export async function portInUse(
  port: number,
  ours: string | undefined,
  env: NodeJS.ProcessEnv,
  refusal: AppError,
): Promise<AppError> {
  const found = await portHolders(port, env)
  const who = ours === undefined ? describeHolders(found) : `the server ${ours}`
  return new AppError('PORT_IN_USE', `Port ${port} is in use${who === undefined ? '' : ` by ${who}`}`, {
    hint: 'Stop it, or choose another port with --port; with --port 0 the system finds a free one.',
    details: { ...refusal.details, port, ...(found.outcome === 'yes' ? { holders: found.holders } : {}) },
    cause: refusal,
  })
}
