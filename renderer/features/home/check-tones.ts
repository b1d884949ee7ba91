import type { Check } from '../../../contract/index.ts'
import type { Tone } from '../../ui/tone.ts'

export const checkTones: Readonly<Record<Check['outcome'], Tone>> = {
  ok: 'ok',
  warning: 'warning',
  problem: 'problem',
  // What could not be checked is not fine, and not broken.
  unknown: 'quiet',
}

/** Where the thing that a check looks at is on screen. */
export const checkScreens: Readonly<Record<string, 'runtimes' | 'environments' | 'servers' | 'settings' | undefined>> =
  {
    settings: 'settings',
    'default-runtime': 'runtimes',
    'broken-runtimes': 'runtimes',
    'admin-environment': 'environments',
    environments: 'environments',
    servers: 'servers',
  }
