import { setTimeout as pause } from 'node:timers/promises'
import { AppError } from '../../../contract/index.ts'
import { verb } from '../../verb.ts'

/** Milliseconds that a host has for stopping its servers, each on a ladder of some seconds. */
const goneWithinMs = 30_000
const lookEveryMs = 50

export const stopHost = verb({
  words: ['host stop'],
  summary: 'Stop every server and end the host',
  commands: ['host.stop'],
  inputs: {},
  async run({ call, interrupt }) {
    const stopped = await call('host.stop', {})
    const giveUpAt = performance.now() + goneWithinMs
    while (isThere(stopped.pid)) {
      interrupt.signal.throwIfAborted()
      if (performance.now() > giveUpAt) {
        throw new AppError('TIMEOUT', `The host (pid ${stopped.pid}) is still there after ${goneWithinMs / 1000} s`, {
          hint: 'logs/host.log in the data root tells what it waits for',
        })
      }
      await pause(lookEveryMs)
    }
    return { json: stopped, text: `The host (pid ${stopped.pid}) has ended, and its servers with it` }
  },
})

/** Signal 0 asks without doing anything, on Windows too. */
function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
