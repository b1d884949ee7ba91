import { AppError, isDown } from '../../../contract/index.ts'
import { flag, optional } from '../../inputs.ts'
import { visible } from '../../text/visible.ts'
import { verb } from '../../verb.ts'

export const stopServer = verb({
  words: ['stop', 'servers stop'],
  summary: 'Stop a server, and prove that it is gone',
  commands: ['servers.get', 'servers.list', 'servers.stop', 'servers.stopAll'],
  more: 'A server that has failed and is to start again by itself does not, then.',
  inputs: { name: optional('name', 'which one'), all: flag('--all', 'every server') },
  async run({ call, run }, { name, all }) {
    if (all === (name !== undefined)) {
      throw new AppError('INVALID_PARAMS', all ? 'Give a name or --all, not both' : 'Which server?', {
        hint: '`beep-host stop NAME` or `beep-host stop --all`; `beep-host list` shows the names',
      })
    }
    if (name !== undefined) {
      const before = await call('servers.get', { name })
      const server = await run('servers.stop', { name })
      const shown = `"${visible(server.name)}"`
      return { json: server, text: before.state === 'stopped' ? `${shown} was not running` : `Stopped ${shown}` }
    }
    const live = (await call('servers.list', {})).filter((server) => !isDown(server))
    const servers = await run('servers.stopAll', {})
    const names = live.map((server) => `"${visible(server.name)}"`)
    return { json: servers, text: names.length === 0 ? 'No server was running' : `Stopped ${names.join(', ')}` }
  },
})
