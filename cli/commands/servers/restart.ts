import { openHost } from '../../connect.ts'
import { required } from '../../inputs.ts'
import { verb } from '../../verb.ts'
import { runningAnswer } from './running.ts'

export const restartServer = verb({
  words: ['servers restart'],
  summary: 'Stop a server and start it again, in the background',
  commands: ['servers.restart'],
  inputs: { name: required('name', 'which one') },
  async run({ run, place, useDoor, interrupt }, { name }) {
    useDoor(await openHost(place, interrupt.signal))
    return runningAnswer(await run('servers.restart', { name }), place)
  },
})
