import { AppError } from '../../contract/index.ts'

/** What a start is told that meets a server which is there already. */
export function alreadyRunning(name: string, how: string): AppError {
  return new AppError('ALREADY_RUNNING', `Server ${name} ${how}`, {
    hint: `Stop it first with \`beep-host stop ${name}\`, or choose another name with --name.`,
    details: { name },
  })
}
