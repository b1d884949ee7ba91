import { AppError } from '../../contract/index.ts'
import type { CheckedParams, CommandResult, HostInfo } from '../../contract/index.ts'
import type { Layout } from '../platform/index.ts'
import type { Runtimes } from '../runtimes/index.ts'
import { revealable } from './revealable.ts'

type DesktopCommand<N extends 'desktop.pickPath' | 'desktop.reveal'> = (
  params: CheckedParams<N>,
) => Promise<CommandResult<N>>

/** What a desktop lends to core. The desktop door brings it along; a host without a window has none. */
export interface DesktopShell {
  readonly versions: NonNullable<HostInfo['desktop']>
  readonly pickPath: DesktopCommand<'desktop.pickPath'>
  /** Gets absolute paths only that core has looked at: in the data root, or of a known Python, and there. */
  readonly reveal: DesktopCommand<'desktop.reveal'>
}

export interface DesktopDeps {
  readonly shell: DesktopShell | undefined
  readonly layout: Layout
  readonly runtimes: Pick<Runtimes, 'list'>
}

export interface Desktop {
  /** @throws UNSUPPORTED without a desktop */
  readonly pickPath: DesktopShell['pickPath']
  /** @throws UNSUPPORTED without a desktop, INVALID_PARAMS for what is none of ours to show, NOT_FOUND */
  readonly reveal: DesktopShell['reveal']
}

/** The commands that only a desktop can answer; elsewhere they say what to do instead. */
export function createDesktop({ shell, layout, runtimes }: DesktopDeps): Desktop {
  return {
    async pickPath(params) {
      if (!shell) {
        throw new AppError('UNSUPPORTED', 'This host has no desktop on which to choose a file', {
          hint: 'Type the whole path instead.',
        })
      }
      return shell.pickPath(params)
    },
    async reveal({ path }) {
      if (!shell) {
        throw new AppError('UNSUPPORTED', 'This host has no desktop on which to show a folder', {
          hint: `Open it yourself, on the machine where the host runs: ${path}`,
          details: { path },
        })
      }
      return shell.reveal({ path: await revealable(path, layout, runtimes) })
    },
  }
}
