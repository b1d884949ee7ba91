import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import path from 'node:path'
import { app } from 'electron'
import { productName } from '../names.ts'
import { autostartEntry, autostartFile, isEntryOn } from './autostart-entry.ts'
import { loginCommand } from './login-command.ts'
import type { ProgramFacts } from './login-command.ts'

/** The system's own list of what starts when the user logs in. */
export interface LoginItem {
  /** What the system has; undefined where it does not tell. */
  readonly read: () => Promise<boolean | undefined>
  readonly write: (start: boolean) => Promise<void>
  /** The system has started us at login, by whatever way it tells. macOS passes no arguments. */
  readonly wasOpenedAtLogin: () => boolean
}

export function createLoginItem(platform: NodeJS.Platform, facts: ProgramFacts): LoginItem {
  const command = loginCommand(facts)
  return platform === 'linux' ? entryItem(facts, [command.path, ...command.args]) : systemItem(platform, command)
}

function systemItem(platform: NodeJS.Platform, { path: program, args }: ReturnType<typeof loginCommand>): LoginItem {
  const which = platform === 'win32' ? { path: program, args: [...args] } : {}
  return {
    read: () => {
      const { openAtLogin, executableWillLaunchAtLogin } = app.getLoginItemSettings(which)
      // Windows keeps an item that the user has switched off in the Task Manager.
      return Promise.resolve(platform === 'win32' ? openAtLogin && executableWillLaunchAtLogin : openAtLogin)
    },
    write: (start) => Promise.resolve(app.setLoginItemSettings({ ...which, openAtLogin: start })),
    wasOpenedAtLogin: () => platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin,
  }
}

/** Electron has no such list on Linux; the desktops read files. */
function entryItem({ env }: ProgramFacts, argv: readonly string[]): LoginItem {
  const file = autostartFile(env, homedir())
  const read = () => readFile(file, 'utf8').then(isEntryOn, () => false)
  return {
    read,
    async write(start) {
      if (!start) return rm(file, { force: true })
      await mkdir(path.dirname(file), { recursive: true })
      await writeFile(file, autostartEntry(productName, argv))
    },
    wasOpenedAtLogin: () => false,
  }
}
