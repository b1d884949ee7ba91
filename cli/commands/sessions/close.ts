import { required } from '../../inputs.ts'
import { sessionOf } from '../../session-of.ts'
import { verb } from '../../verb.ts'

export const closeSession = verb({
  words: ['session close'],
  summary: 'Stop what runs in a session, and let go of all it holds',
  commands: ['sessions.list', 'sessions.close'],
  inputs: { server: required('server', 'which server'), session: required('session', 'its id, or its name') },
  async run({ call }, { server, session }) {
    const { id } = sessionOf(await call('sessions.list', { server }), session, server)
    const closed = await call('sessions.close', { server, sessionId: id })
    return { json: closed, text: `Session ${closed.id} is closed` }
  },
})
