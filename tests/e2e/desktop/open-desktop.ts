import { onTestFinished } from 'vitest'
import { terminal } from '../../integration/cli/terminal.ts'
import type { Terminal } from '../../integration/cli/terminal.ts'
import { launchDesktop } from './launch.ts'
import type { Desktop, LaunchOptions } from './launch.ts'

/** The desktop app of a user, ended at the end of the test. Without a `browser`, its windows have no pages. */
export async function openDesktop(user: Terminal, options: Partial<LaunchOptions> = {}): Promise<Desktop> {
  const { env, ...others } = options
  const desktop = await launchDesktop({ home: user.home, env: { ...user.env, ...env }, ...others })
  onTestFinished(() => desktop.close())
  return desktop
}

/** A user who has a Python: the one of this machine. */
export async function userWithPython(): Promise<Terminal> {
  const user = terminal()
  await user.beep('init', '--from', 'system')
  return user
}
