import { required } from '../../inputs.ts'
import { sessionOf } from '../../session-of.ts'
import { verb } from '../../verb.ts'

export const resetSession = verb({
  words: ['session reset'],
  summary: 'Stop what runs in a session, and make it what it was when it was opened',
  commands: ['sessions.list', 'sessions.reset'],
  inputs: { server: required('server', 'which server'), session: required('session', 'its id, or its name') },
  async run({ call }, { server, session }) {
    const { id } = sessionOf(await call('sessions.list', { server }), session, server)
    const reset = await call('sessions.reset', { server, sessionId: id })
    return { json: reset, text: `Session ${reset.id} is empty again` }
  },
})
