import { AppError } from '../../../contract/index.ts'
import { endedBy } from '../../foreground.ts'
import { flag } from '../../inputs.ts'
import { aborted } from '../../interrupt.ts'
import { commandLine } from '../servers/running.ts'
import { fields } from '../../text/table.ts'
import { verb } from '../../verb.ts'

export const serve = verb({
  words: ['serve'],
  summary: 'Run the host in the foreground, without a window',
  commands: [],
  inputs: {
    ui: flag('--ui', 'with a window in the browser; not available yet'),
    untilIdle: flag('--until-idle', 'end when nothing has been running for a while'),
  },
  more: 'Ctrl+C or `kill` stops every server, verified, and ends the host; a second time ends it at once.',
  async run({ output, place, interrupt }, { ui, untilIdle }) {
    if (ui) {
      throw new AppError('UNSUPPORTED', 'The window in the browser comes with the desktop app', {
        hint: '`beep-host serve` runs the host without one',
      })
    }
    const { becomeHost } = await import('../../headless.ts')
    const host = await becomeHost({ ...place, untilIdle })
    interrupt.stopDeadline()
    const rows = fields([
      ['data root', place.home],
      ['address', host.address],
      ['pid', String(host.pid)],
    ])
    const tries = [['init'], ['start', 'pipe', '--detach'], ['status']].map(
      (words) => `  ${commandLine(place, ...words)}`,
    )
    output.answer({
      json: { pid: host.pid, home: place.home, address: host.address },
      text: [`Beep Python Host ${host.version} is running`, rows, 'Try, in another terminal', ...tries].join('\n'),
      notes: ['Ctrl+C stops it and every server'],
    })
    await Promise.race([aborted(interrupt.signal), host.closed])
    if (interrupt.signal.aborted) output.note('Stopping every server')
    await host.close()
    return { exitCode: endedBy(interrupt) }
  },
})
