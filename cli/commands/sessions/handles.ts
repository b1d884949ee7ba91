import { integer, optional, required } from '../../inputs.ts'
import { sessionOf } from '../../session-of.ts'
import { handlesTable } from '../../tables/sessions.ts'
import { verb } from '../../verb.ts'

export const listHandles = verb({
  words: ['session handles', 'servers handles'],
  summary: 'List the objects that a server holds for its callers, the oldest first',
  commands: ['sessions.list', 'servers.handles'],
  inputs: {
    server: required('server', 'which server'),
    session: optional('session', 'its id, or its name; outside of all sessions where not given'),
    limit: integer('--limit <count>', 'at most so many; 100 where not given', 1, 1000),
  },
  async run({ call }, { server, session, limit }) {
    const place =
      session === undefined ? {} : { sessionId: sessionOf(await call('sessions.list', { server }), session, server).id }
    const found = await call('servers.handles', { name: server, ...place, ...(limit === undefined ? {} : { limit }) })
    const { handles, count } = found
    const notes = count > handles.length ? [`${count - handles.length} more are not shown`] : []
    return { json: found, text: count === 0 ? 'No objects are held' : handlesTable(found), notes }
  },
})
