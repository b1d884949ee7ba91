import { integer, required, text } from '../../inputs.ts'
import { placeOf } from '../../session-of.ts'
import { visible } from '../../text/visible.ts'
import { verb } from '../../verb.ts'

export const interruptServer = verb({
  words: ['interrupt', 'servers interrupt'],
  summary: 'Interrupt the code that runs on a server, as Ctrl+C does in a terminal',
  commands: ['sessions.list', 'servers.interrupt'],
  inputs: {
    name: required('name', 'which server'),
    session: text('--session <session>', 'only what runs in this one: its id, or its name'),
    job: text('--job <id>', 'only this run of `exec` or of the playground, as `jobs list` shows it'),
    grace: integer(
      '--grace <seconds>',
      'code that has not yielded by then is ended with its process; 5 where not given',
      0,
      600,
    ),
  },
  async run({ call }, { name, session, job, grace }) {
    const place = await placeOf(call, name, session)
    const done = await call('servers.interrupt', {
      name,
      ...place,
      ...(job === undefined ? {} : { execution: job }),
      ...(grace === undefined ? {} : { graceSeconds: grace }),
    })
    const { interrupted } = done
    const told =
      interrupted === 0
        ? `Nothing was running there on "${visible(name)}"`
        : `Interrupted what ran on "${visible(name)}"${interrupted > 1 ? `: ${interrupted} runs` : ''}`
    return { json: done, text: told }
  },
})
