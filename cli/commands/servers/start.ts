import { AppError, fromErrorInfo, isAppError, isDown, transports } from '../../../contract/index.ts'
import type { LogLine, Server, StartServerParams } from '../../../contract/index.ts'
import { openHost } from '../../connect.ts'
import { followServer } from '../../follow-server.ts'
import { endedBy, openGround, untilNoneLives } from '../../foreground.ts'
import type { Ground } from '../../foreground.ts'
import { choice, flag, integerOr, text } from '../../inputs.ts'
import type { Values } from '../../inputs.ts'
import { runJob } from '../../run-job.ts'
import { visible } from '../../text/visible.ts'
import { verb } from '../../verb.ts'
import type { Context } from '../../verb.ts'
import { limitsGiven } from './limits.ts'
import { logText } from './logs.ts'
import { runningAnswer } from './running.ts'
import { specInputs } from './spec-inputs.ts'
import { startAll } from './start-all.ts'

const inputs = {
  transport: choice('[transport]', 'http, pipe or rpc; a saved server needs its --name alone', transports),
  environment: text('--venv <name>', 'the environment that the code runs in; else `default`, made if need be'),
  name: text('--name <name>', 'what to call the server; else as its transport'),
  port: integerOr('--port <number>', 'a fixed port; 0: any free one; usual: the usual one', 0, 65_535, 'usual'),
  ...specInputs,
  detach: flag('-d, --detach', 'in the background; wakes a host if none runs'),
  all: flag('--all', 'every saved server that is not running, in the background'),
}
const speaks = [
  'servers.start',
  'servers.startAll',
  'servers.stop',
  'servers.list',
  'servers.get',
  'servers.logs',
] as const
type StartContext = Context<(typeof speaks)[number]>

export const startServer = verb({
  words: ['start', 'servers start'],
  summary: 'Start a server: in the foreground until Ctrl+C, or detached',
  commands: speaks,
  inputs,
  more: 'The endpoint file endpoints/NAME.json in the data root tells client programs where it is, and its token.',
  async run(context, values) {
    if (values.all) return startAll(context, optionsOf(values))
    const params = startParams(values)
    const { place, interrupt } = context
    if (values.detach) {
      context.useDoor(await openHost(place, interrupt.signal))
      return runningAnswer(await context.run('servers.start', params), place)
    }
    return startHere(context, params)
  },
})

/** What does not go with --all, as it was typed. */
function optionsOf(values: Values<typeof inputs>) {
  const { transport, environment, name, port, workers, auth, infrastructure, restart } = values
  const { timeLimit, grace, onDisconnect, queue, processes } = values
  const options = {
    '--venv': environment,
    '--name': name,
    '--port': port,
    '--workers': workers,
    '--auth': auth,
    '--infrastructure': infrastructure,
    '--restart': restart,
    '--time-limit': timeLimit,
    '--grace': grace,
    '--on-disconnect': onDisconnect,
    '--queue': queue,
    '--processes': processes,
  }
  return [['a transport', transport] as const, ...Object.entries(options)]
}

function startParams(values: Values<typeof inputs>): StartServerParams {
  const { transport, environment, name, port, workers, auth, infrastructure, restart } = values
  if (transport === undefined && name === undefined) {
    throw new AppError('INVALID_PARAMS', 'Which server?', {
      hint: `\`beep-host start ${transports.join('|')}\`, or \`beep-host start --name NAME\` for one that is saved`,
    })
  }
  return {
    ...(transport === undefined ? {} : { transport }),
    ...(environment === undefined ? {} : { environment }),
    ...(name === undefined ? {} : { name }),
    ...(port === undefined ? {} : { port: port === 'usual' ? null : port }),
    ...(workers === undefined ? {} : { workers }),
    ...(auth === undefined ? {} : { auth }),
    ...(infrastructure === undefined ? {} : { infrastructure }),
    ...(restart === undefined ? {} : { restart }),
    ...limitsGiven(values),
  }
}

async function startHere(context: StartContext, params: StartServerParams): Promise<{ readonly exitCode: number }> {
  const { output, interrupt, place } = context
  const ground = await openGround(place, interrupt.signal)
  context.useDoor(ground.door)
  const name = params.name ?? params.transport!
  const before = await lastLine(context, name)
  const server = await context.run('servers.start', params)
  interrupt.stopDeadline()
  const answer = runningAnswer(server, place)
  output.answer({ ...answer, notes: ['Ctrl+C stops it; its log follows'] })

  let last = server
  const end = await followServer(ground.door, {
    name: server.name,
    after: before,
    signal: interrupt.signal,
    onLines: (lines: readonly LogLine[]) => lines.forEach((line) => output.log(logText(line, output.paint))),
    onState(state) {
      last = state
      return isDown(state)
    },
  })
  if (end === 'aborted') return { exitCode: await stop(context, ground, server.name) }
  if (end === 'host gone') {
    throw new AppError('HOST_UNREACHABLE', `The host has ended, and "${server.name}" with it`, {
      hint: 'logs/host.log in the data root tells why',
    })
  }
  await leave(context, ground, server.name)
  if (end === 'state' && last.state === 'failed') throw failureOf(last)
  output.note(`"${visible(server.name)}" was stopped from elsewhere`)
  return { exitCode: interrupt.signal.aborted ? endedBy(interrupt) : 0 }
}

/** The number of the newest log line, so that only what comes after it is shown. */
async function lastLine(context: StartContext, name: string): Promise<number> {
  try {
    return (await context.call('servers.logs', { name, lines: 1 })).at(-1)?.seq ?? -1
  } catch (error) {
    if (isAppError(error, 'NOT_FOUND')) return -1
    throw error
  }
}

async function stop({ output, interrupt }: StartContext, ground: Ground, name: string): Promise<number> {
  output.note(ground.own ? 'Stopping every server' : `Stopping "${visible(name)}"`)
  if (ground.own) await ground.own.close()
  else await runJob(ground.door, 'servers.stop', { name }, { signal: new AbortController().signal })
  return endedBy(interrupt)
}

/** Our server is gone. Being the host, we stay for as long as others have a server here. */
async function leave({ output, interrupt }: StartContext, { own, door }: Ground, name: string): Promise<void> {
  if (!own) return
  await untilNoneLives(door, interrupt.signal, (others) =>
    output.note(
      `"${visible(name)}" has ended; this process still hosts ${others.map((other) => visible(other)).join(', ')}`,
    ),
  )
  await own.close()
}

function failureOf({ name, error }: Server): AppError {
  return error ? fromErrorInfo(error) : new AppError('SERVER_FAILED', `"${name}" failed`)
}
