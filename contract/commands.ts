import type { z } from 'zod'
import { bundleCommands } from './commands/bundles.ts'
import { desktopCommands } from './commands/desktop.ts'
import { environmentCommands } from './commands/environments.ts'
import { hostCommands } from './commands/host.ts'
import { installerCommands } from './commands/installer.ts'
import { profileCommands } from './commands/profiles.ts'
import { networkCommands } from './commands/network.ts'
import { runtimeCommands } from './commands/runtimes.ts'
import { serverCommands } from './commands/servers.ts'
import { sessionCommands } from './commands/sessions.ts'
import { storageCommands } from './commands/storage.ts'
import type { Job } from './models/job.ts'

/** Everything that a door can ask of core. One table, three doors. */
export const commands = {
  ...hostCommands,
  ...runtimeCommands,
  ...environmentCommands,
  ...installerCommands,
  ...profileCommands,
  ...bundleCommands,
  ...storageCommands,
  ...networkCommands,
  ...serverCommands,
  ...sessionCommands,
  ...desktopCommands,
} as const

export type Commands = typeof commands
export type CommandName = keyof Commands
export const commandNames = Object.keys(commands) as CommandName[]

export type CommandKind<N extends CommandName> = Commands[N]['kind']
/** Params as a caller writes them: what has a default may be left out. */
export type CommandParams<N extends CommandName> = z.input<Commands[N]['params']>
/** Params as a handler gets them, checked, with defaults filled in. */
export type CheckedParams<N extends CommandName> = z.output<Commands[N]['params']>
/** What the command is for in the end: the answer, or the result of its job. */
export type CommandResult<N extends CommandName> = z.output<Commands[N]['result']>
/** What a door gets back at once. */
export type CommandReply<N extends CommandName> =
  CommandKind<N> extends 'job' ? { readonly job: Job } : CommandResult<N>

export type JobCommandName = { [N in CommandName]: CommandKind<N> extends 'job' ? N : never }[CommandName]
export type AnswerCommandName = Exclude<CommandName, JobCommandName>

export function isCommandName(name: string): name is CommandName {
  return Object.hasOwn(commands, name)
}
