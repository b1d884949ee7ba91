import { AppError, isAppError } from '../../../contract/index.ts'
import { endedBy } from '../../foreground.ts'
import type { OwnHost } from '../../headless.ts'
import { flag, integer } from '../../inputs.ts'
import { aborted } from '../../interrupt.ts'
import type { Answer } from '../../output.ts'
import { fields } from '../../text/table.ts'
import { verb } from '../../verb.ts'
import type { Context } from '../../verb.ts'
import { commandLine } from '../servers/running.ts'

type ServeContext = Context<'host.browserAddress'>

export const serve = verb({
  words: ['serve'],
  summary: 'Run the host in the foreground, without a window',
  commands: ['host.browserAddress'],
  inputs: {
    ui: flag('--ui', 'with the window in a browser: prints an address that lets one browser in, once'),
    port: integer('--port <number>', 'of the browser window; else any free one', 0, 65_535),
    untilIdle: flag('--until-idle', 'end when nothing has been running for a while'),
  },
  more: [
    'Ctrl+C or `kill` stops every server, verified, and ends the host; a second time ends it at once.',
    'With --ui and a host that runs already, that one is asked for an address.',
  ].join('\n'),
  async run(context, { ui, port, untilIdle }) {
    if (!ui && port !== undefined) throw new AppError('INVALID_PARAMS', '--port is for the window, and goes with --ui')
    const host = await becomeHost(context, ui, untilIdle)
    if (!host) return visitorAnswer(context, port ?? 0)
    context.useDoor({ ...host.door, close: host.close })
    const url = ui ? (await context.call('host.browserAddress', { port: port ?? 0 })).url : undefined
    context.interrupt.stopDeadline()
    context.output.answer(hostAnswer(context, host, url))
    await Promise.race([aborted(context.interrupt.signal), host.closed])
    if (context.interrupt.signal.aborted) context.output.note('Stopping every server')
    await host.close()
    return { exitCode: endedBy(context.interrupt) }
  },
})

/** This process as the host; undefined where another one is the host and may show the window. */
async function becomeHost({ place }: ServeContext, ui: boolean, untilIdle: boolean): Promise<OwnHost | undefined> {
  const headless = await import('../../headless.ts')
  try {
    return await headless.becomeHost({ ...place, untilIdle })
  } catch (error) {
    if (ui && isAppError(error, 'ALREADY_RUNNING')) return undefined
    throw error
  }
}

function hostAnswer({ place }: ServeContext, host: OwnHost, url: string | undefined): Answer {
  const rows = fields([
    ...(url === undefined ? [] : [['window', url] as const]),
    ['data root', place.home],
    ['address', host.address],
    ['pid', String(host.pid)],
  ])
  const tries = [['init'], ['start', 'pipe', '--detach'], ['status']].map(
    (words) => `  ${commandLine(place, ...words)}`,
  )
  return {
    json: { ...(url === undefined ? {} : { url }), pid: host.pid, home: place.home, address: host.address },
    text: [`Beep Python Host ${host.version} is running`, rows, 'Try, in another terminal', ...tries].join('\n'),
    notes: ['Ctrl+C stops it and every server'],
  }
}

async function visitorAnswer({ call, door }: ServeContext, port: number): Promise<Answer> {
  const { pid } = await door()
  const { url } = await call('host.browserAddress', { port })
  return {
    json: { url },
    text: url,
    notes: [`A host is running already (pid ${pid}); this address lets one browser in, once`],
  }
}
