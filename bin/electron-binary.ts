/** What is known of Electron on this machine. Nothing is asked of the network. */
export interface ElectronFacts {
  readonly platform: NodeJS.Platform
  readonly env: NodeJS.ProcessEnv
  /** The folder of the npm package; undefined when it is not installed. */
  readonly packageFolder: string | undefined
  /** What the package's `path.txt` says: the program within `dist`. Its installer writes it last. */
  readonly program: string | undefined
  readonly exists: (file: string) => boolean
  readonly isRoot: boolean
  /** The words after `npm start --`. */
  readonly argv: readonly string[]
}

export type ElectronVerdict = { readonly binary: string } | { readonly why: string; readonly hint: string }

const usualProgram: Readonly<Record<string, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
}

/** The program that opens the desktop window, or why there is none and what to do about it. */
export function findElectron(facts: ElectronFacts): ElectronVerdict {
  const { platform, env, argv } = facts
  if (argv.includes('--browser')) return { why: 'the browser was asked for', hint: 'Leave out --browser to see it' }
  const binary = binaryOf(facts)
  if (typeof binary !== 'string') return binary
  if (platform === 'linux' && !env['DISPLAY'] && !env['WAYLAND_DISPLAY'])
    return { why: 'there is no screen here', hint: 'DISPLAY and WAYLAND_DISPLAY name one' }
  if (platform === 'linux' && facts.isRoot && !argv.includes('--no-sandbox'))
    return { why: 'its sandbox does not work for root', hint: 'Start it as another user' }
  return { binary }
}

function binaryOf(facts: ElectronFacts): string | Exclude<ElectronVerdict, { readonly binary: string }> {
  const { platform, env, packageFolder, exists } = facts
  const program = facts.program ?? usualProgram[platform] ?? 'electron'
  const override = env['ELECTRON_OVERRIDE_DIST_PATH']
  if (override) {
    const named = `${override}/${program}`
    return exists(named) ? named : { why: `there is no ${named}`, hint: 'ELECTRON_OVERRIDE_DIST_PATH names its folder' }
  }
  const get = 'Get it with `npm start -- --get-electron`'
  if (packageFolder === undefined)
    return { why: 'the package electron is not installed', hint: 'Run `npm install` with the development packages' }
  if (facts.program === undefined) return { why: 'Electron is not downloaded yet', hint: get }
  const installed = `${packageFolder}/dist/${program}`
  return exists(installed) ? installed : { why: `${installed} is missing`, hint: get }
}

/** How the window's program ended. */
export interface ElectronEnd {
  readonly code: number | null
  readonly signal: string | null
  readonly ms: number
}

/** Milliseconds: what ends by itself before has not opened a window (a missing library, a sandbox that is not set up). */
const openedAfterMs = 8000

/** Whether the browser is to step in for a window that did not open. A wish to end, by whatever signal, is no failure. */
export function didNotOpen({ code, signal, ms }: ElectronEnd): boolean {
  if (signal !== null) return !['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL'].includes(signal) && ms < openedAfterMs
  return code !== 0 && ms < openedAfterMs
}
