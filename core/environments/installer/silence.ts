import type { Room } from '../room.ts'

/** Milliseconds of silence after which an installer counts as hung; BEEP_INSTALL_SILENCE_MS overrides it. */
const defaultSilenceMs = 120_000

export function silenceMs(room: Room): number {
  return Number(room.env['BEEP_INSTALL_SILENCE_MS']) || defaultSilenceMs
}
