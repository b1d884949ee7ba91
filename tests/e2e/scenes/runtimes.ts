import { click, dialog, heading, screen } from './scene.ts'
import type { Scene } from './scene.ts'

/** Pythons. */
export const runtimeScenes: readonly Scene[] = [
  screen('runtimes', 'runtimes', heading('Found on this machine')),
  dialog('runtime-add', 'runtimes', click('Add a Python')),
]
