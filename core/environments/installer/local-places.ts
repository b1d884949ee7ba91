import { readdir } from 'node:fs/promises'
import type { Room } from '../room.ts'

/**
 * Where packages come from beside the user's own indexes, in words that uv and pip share: the wheels of imported bundles, and
 * nothing but what is here when the settings say offline.
 */
export async function localPlaces({ layout, settings }: Pick<Room, 'layout' | 'settings'>): Promise<readonly string[]> {
  const { offline } = await settings.get()
  const files = await readdir(layout.wheels).catch((): string[] => [])
  const hasWheels = files.some((name) => name.endsWith('.whl'))
  return [...(hasWheels ? ['--find-links', layout.wheels] : []), ...(offline ? ['--no-index'] : [])]
}
