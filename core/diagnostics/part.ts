import type { Rooms } from '../rooms.ts'

/** One file of the diagnostics before anything is taken out of it: text as it is, everything else as JSON. */
export interface Part {
  readonly name: string
  readonly title: string
  readonly look: (rooms: Rooms) => Promise<unknown>
}
