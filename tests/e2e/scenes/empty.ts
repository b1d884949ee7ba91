import { screen } from './scene.ts'
import type { Scene } from './scene.ts'

/** A data root in which nothing is. */
export const emptyScenes: readonly Scene[] = [
  screen('home-first-run', 'home', (page) => page.getByRole('heading', { name: 'Welcome' }).waitFor()),
  screen('environments-empty', 'environments', (page) => page.getByText('No environment yet').waitFor()),
  screen('servers-empty', 'servers', (page) => page.getByText('No servers yet').waitFor()),
  screen('logs-empty', 'logs', (page) => page.getByText('No servers, no logs').waitFor()),
  screen('activity-empty', 'activity', (page) => page.getByText('Nothing has been done yet').waitFor()),
]
