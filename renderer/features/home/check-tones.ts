import type { Check } from '../../../contract/index.ts'
import type { Tone } from '../../ui/tone.ts'

export const checkTones: Readonly<Record<Check['outcome'], Tone>> = {
  ok: 'ok',
  warning: 'warning',
  problem: 'problem',
  // What could not be checked is not fine, and not broken.
  unknown: 'quiet',
}

interface CheckPlace {
  readonly screen: 'runtimes' | 'environments' | 'profiles' | 'servers' | 'settings'
  /** The part of the settings. */
  readonly item?: string
}

/** Where the thing that a check looks at is on screen. */
export const checkPlaces: Readonly<Record<string, CheckPlace | undefined>> = {
  settings: { screen: 'settings' },
  installer: { screen: 'settings', item: 'python' },
  gpu: { screen: 'settings', item: 'gpu' },
  'default-runtime': { screen: 'runtimes' },
  'broken-runtimes': { screen: 'runtimes' },
  'admin-environment': { screen: 'environments' },
  environments: { screen: 'environments' },
  profiles: { screen: 'profiles' },
  servers: { screen: 'servers' },
}
