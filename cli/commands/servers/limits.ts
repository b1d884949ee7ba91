import type { ChangedLimits } from '../../../contract/index.ts'
import { choice, integerOr } from '../../inputs.ts'
import type { Values } from '../../inputs.ts'

/** What a server allows its code, as options. `usual` takes back what was saved. */
export const limitInputs = {
  timeLimit: integerOr(
    '--time-limit <seconds>',
    'how long a request may run that brings no limit of its own; none: for ever (the usual)',
    1,
    604_800,
    'none',
  ),
  grace: integerOr(
    '--grace <seconds>',
    'how long interrupted code has to end before its process is ended; usual: 5',
    0,
    86_400,
    'usual',
  ),
  onDisconnect: choice(
    '--on-disconnect <what>',
    'what becomes of a call whose client goes away: cancel (the usual), or go-on',
    ['cancel', 'go-on'],
  ),
  queue: integerOr(
    '--queue <count>',
    'how many requests may wait before others are refused; usual: 1000',
    1,
    100_000,
    'usual',
  ),
  processes: integerOr(
    '--processes <count>',
    'how many a worker and what it starts may be; usual: 512',
    1,
    100_000,
    'usual',
  ),
}

/** What was given; null where it shall be as usual. */
export function limitsGiven(given: Values<typeof limitInputs>): ChangedLimits {
  const { timeLimit, grace, onDisconnect, processes, queue } = given
  const isCancelled = onDisconnect === undefined ? undefined : onDisconnect === 'cancel' ? null : false
  const limits: Record<keyof ChangedLimits, number | boolean | null | undefined> = {
    timeoutSeconds: timeLimit === 'none' ? null : timeLimit,
    graceSeconds: grace === 'usual' ? null : grace,
    cancelOnDisconnect: isCancelled,
    processLimit: processes === 'usual' ? null : processes,
    queueLimit: queue === 'usual' ? null : queue,
  }
  return Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined))
}
