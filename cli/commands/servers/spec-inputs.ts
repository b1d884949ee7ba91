import { infrastructureScopes, mostWorkers, restartPolicies } from '../../../contract/index.ts'
import { choice, integer } from '../../inputs.ts'
import { limitInputs } from './limits.ts'

/** What a description of a server says beside where and over what it is reached, as options. */
export const specInputs = {
  workers: integer('--workers <count>', 'processes that run code side by side (usually 1)', 1, mostWorkers),
  auth: choice('--auth <kind>', 'token (the usual), or none for old clients', ['token', 'none']),
  infrastructure: choice(
    '--infrastructure <scope>',
    'what its code may ask of this host: none (the usual), read or full',
    infrastructureScopes,
  ),
  restart: choice(
    '--restart <when>',
    'whether it comes back by itself: on-failure (the usual) or never',
    restartPolicies,
  ),
  ...limitInputs,
}
