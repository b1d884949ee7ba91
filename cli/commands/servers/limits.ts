import { limitsOf } from '../../../contract/index.ts'
import type { ServerLimits } from '../../../contract/index.ts'
import { choice, integer, integerOr } from '../../inputs.ts'
import type { Values } from '../../inputs.ts'

/** What a server allows its code, as options. */
export const limitInputs = {
  timeLimit: integerOr(
    '--time-limit <seconds>',
    'how long a request may run that brings no limit of its own; none: for ever (the usual)',
    1,
    604_800,
    'none',
  ),
  grace: integer(
    '--grace <seconds>',
    'how long interrupted code has to end before its process is ended (usually 5)',
    0,
    86_400,
  ),
  onDisconnect: choice(
    '--on-disconnect <what>',
    'what becomes of a call whose client goes away: cancel (the usual), or go-on',
    ['cancel', 'go-on'],
  ),
  queue: integer('--queue <count>', 'how many requests may wait before others are refused (usually 1000)', 1, 100_000),
  processes: integer('--processes <count>', 'how many a worker and what it starts may be (usually 512)', 1, 100_000),
}

/** What was given, and what was saved for the rest. */
export function limitsGiven(given: Values<typeof limitInputs>, saved: ServerLimits = {}): ServerLimits {
  const { timeLimit, grace, onDisconnect, processes, queue } = given
  return limitsOf({
    timeoutSeconds: timeLimit === 'none' ? null : (timeLimit ?? saved.timeoutSeconds),
    graceSeconds: grace ?? saved.graceSeconds,
    cancelOnDisconnect: onDisconnect === undefined ? saved.cancelOnDisconnect : onDisconnect === 'cancel',
    processLimit: processes ?? saved.processLimit,
    queueLimit: queue ?? saved.queueLimit,
  })
}
