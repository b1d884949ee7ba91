import { hiddenFlag } from '../names.ts'

export interface ProgramFacts {
  readonly env: NodeJS.ProcessEnv
  readonly execPath: string
  readonly isPackaged: boolean
  /** The folder of the app, which an Electron that is not packaged needs to be told. */
  readonly appPath: string
  /** The data root, where it is not the usual one. */
  readonly home: string | undefined
}

/** What the system is to start at login. An AppImage is itself; what runs is in a folder that will be another one next time. */
export function loginCommand(facts: ProgramFacts): { readonly path: string; readonly args: readonly string[] } {
  const { env, execPath, isPackaged, appPath, home } = facts
  return {
    path: env['APPIMAGE'] || execPath,
    args: [...(isPackaged ? [] : [appPath]), hiddenFlag, ...(home === undefined ? [] : ['--home', home])],
  }
}
