import { required } from '../../inputs.ts'
import { sessionsTable } from '../../tables/sessions.ts'
import { visible } from '../../text/visible.ts'
import { verb } from '../../verb.ts'

export const listSessions = verb({
  words: ['session list'],
  summary: 'List the sessions of a running server, whoever opened them',
  commands: ['sessions.list'],
  inputs: { server: required('server', 'which server') },
  async run({ call }, { server }) {
    const sessions = await call('sessions.list', { server })
    const none = `"${visible(server)}" has no session; \`beep-host session open ${visible(server)}\` opens one`
    return { json: sessions, text: sessions.length === 0 ? none : sessionsTable(sessions, Date.now()) }
  },
})
