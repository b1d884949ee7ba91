import { readdir } from 'node:fs/promises'
import type { Room } from '../room.ts'

/** Where packages come from beside the user's own indexes. */
export interface LocalPlaces {
  /** In words that uv and pip share. */
  readonly options: readonly string[]
  /** The settings say so: nothing but what is here is asked. */
  readonly isOffline: boolean
}

/** The wheels of imported bundles; and those alone, and the user's own folders, where the settings say offline. */
export async function localPlaces({ layout, settings }: Pick<Room, 'layout' | 'settings'>): Promise<LocalPlaces> {
  const { offline } = await settings.get()
  const files = await readdir(layout.wheels).catch((): string[] => [])
  const hasWheels = files.some((name) => name.endsWith('.whl'))
  const options = [...(hasWheels ? ['--find-links', layout.wheels] : []), ...(offline ? ['--no-index'] : [])]
  return { options, isOffline: offline }
}
