import type { Check } from '../../contract/index.ts'
import type { Rooms } from '../rooms.ts'
import { checks } from './checks.ts'

/** Asks every question, side by side. One that cannot be answered says so, and stops none of the others. */
export async function runDoctor(rooms: Rooms): Promise<Check[]> {
  return Promise.all(
    checks.map(async ({ id, title, look }): Promise<Check> => {
      try {
        return { id, title, ...(await look(rooms)) }
      } catch (thrown) {
        return {
          id,
          title,
          outcome: 'unknown',
          detail: `Could not check: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
        }
      }
    }),
  )
}
