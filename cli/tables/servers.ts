import { addressOf, startsAgain } from '../../contract/index.ts'
import type { Server } from '../../contract/index.ts'
import { fields, table } from '../text/table.ts'
import { localTime } from '../text/units.ts'
import { problemFields } from './problem.ts'

export function serversTable(servers: readonly Server[]): string {
  if (servers.length === 0) return 'There is no server yet; `beep-host start pipe` starts one'
  return table(servers, [
    { title: 'name', cell: ({ name }) => name },
    { title: 'transport', cell: ({ transport }) => transport },
    { title: 'state', cell: stateText },
    { title: 'environment', cell: ({ environment }) => environment },
    { title: 'pid', cell: ({ pid }) => (pid === null ? '' : String(pid)), align: 'right' },
    { title: 'endpoint', cell: ({ endpoint }) => (endpoint ? addressOf(endpoint) : '') },
  ])
}

export function serverFields(server: Server): string {
  const { lastExit } = server
  return fields([
    ['name', server.name],
    ['transport', server.transport],
    ['state', stateText(server)],
    ['environment', server.environment],
    ['endpoint', server.endpoint ? addressOf(server.endpoint) : ''],
    ['processes', server.processes.map(processText).join(', ')],
    ['started', server.startedAt === null ? '' : localTime(server.startedAt)],
    ['workers', `${server.spec.workers}, ${server.workersLost} lost since the start`],
    ['restarts', restartsText(server)],
    ...problemFields(server.error),
    ...(lastExit
      ? [['last exit', `${lastExit.role}: ${lastExit.signal ?? `exit code ${lastExit.exitCode}`}`] as const]
      : []),
    ...(lastExit?.lastLines.map((line) => ['', line] as const) ?? []),
  ])
}

/** A moment, since what is on a terminal stays as it is. */
function stateText(server: Server): string {
  const nextAt = server.restarts?.nextAt
  return startsAgain(server) && nextAt ? `failed, starts again at ${localTime(nextAt).split(' ')[1]}` : server.state
}

function restartsText({ spec, restarts }: Server): string {
  if (restarts === undefined) return spec.restart
  const { attempt, most, gaveUp } = restarts
  return `${spec.restart}, ${gaveUp ? `gave up after ${attempt}` : `${attempt} of ${most}`}`
}

function processText({ role, pid, worker }: Server['processes'][number]): string {
  return `${role}${worker === undefined ? '' : ` ${worker}:`} ${pid}`
}
