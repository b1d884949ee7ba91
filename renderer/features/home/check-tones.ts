import type { Check } from '../../../contract/index.ts'
import type { Tone } from '../../ui/tone.ts'

export const checkTones: Readonly<Record<Check['outcome'], Tone>> = {
  ok: 'ok',
  warning: 'warning',
  problem: 'problem',
  // What could not be checked is not fine, and not broken.
  unknown: 'quiet',
}
