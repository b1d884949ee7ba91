/** A page that has crashed this often… */
const maxCrashes = 3
/** …within this many milliseconds will do so again. */
const withinMs = 60_000

/** Why a page's process ended. Source: Electron, `RenderProcessGoneDetails`. */
export type GoneReason = string

export type CrashDecision = 'nothing' | 'reload' | 'ask'

/** What to do after the page's process has ended; `crashes`: when it crashed, this time included, in milliseconds. */
export function crashDecision(reason: GoneReason, crashes: readonly number[], now: number): CrashDecision {
  if (reason === 'clean-exit') return 'nothing'
  return crashes.filter((at) => now - at < withinMs).length >= maxCrashes ? 'ask' : 'reload'
}
