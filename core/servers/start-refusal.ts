import { AppError } from '../../contract/index.ts'
import type { Server } from '../../contract/index.ts'

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
