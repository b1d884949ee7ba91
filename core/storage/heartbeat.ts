/** Milliseconds between two signs of life. A holder on another machine (a shared disk) is known alive by them only. */
export const heartbeatMs = 5000
/** Milliseconds without one, after which a holder counts as dead: long enough for a slow disk and a busy machine. */
const silentMs = 30_000

/**
 * Tells whether an owner has been silent for too long, by the clock of who watches: clocks of two machines may be minutes
 * apart, so what counts is that the beat does not change while we look. The first look therefore never says yes.
 * `beat` is the owner's own time of its last sign, undefined when there is no lock any more; `now` is ours, in milliseconds.
 */
export function silenceWatch(): (id: string, beat: number | undefined, now: number) => boolean {
  let seen: { readonly id: string; readonly beat: number; readonly since: number } | undefined
  return (id, beat, now) => {
    if (beat === undefined) return false
    if (seen?.id !== id || seen.beat !== beat) seen = { id, beat, since: now }
    return now - seen.since > silentMs
  }
}
