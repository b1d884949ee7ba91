import { AppError } from '../contract/index.ts'
import type { Session } from '../contract/index.ts'
import type { Context } from './verb.ts'
import { visible } from './text/visible.ts'

/**
 * The session that a word names: by its id, or by a name that only one of them has.
 * @throws AppError SESSION_NOT_FOUND; INVALID_PARAMS where several have that name
 */
export function sessionOf(sessions: readonly Session[], word: string, server: string): Session {
  const byId = sessions.find(({ id }) => id === word)
  if (byId) return byId
  const named = sessions.filter(({ name }) => name === word)
  const [only] = named
  if (only && named.length === 1) return only
  if (only) {
    throw new AppError('INVALID_PARAMS', `${named.length} sessions of server ${visible(server)} are called ${word}`, {
      hint: `Say it by its id: ${named.map(({ id }) => id).join(', ')}.`,
    })
  }
  throw new AppError('SESSION_NOT_FOUND', `There is no session ${JSON.stringify(word)} on server ${server}`, {
    hint: `See \`beep-host session list ${server}\` for those there are; sessions end with their lease, and with their process.`,
  })
}

/** The place in a call that `--session` names; nothing where it was not given. @throws as `sessionOf` */
export async function placeOf(
  call: Context<'sessions.list'>['call'],
  server: string,
  word: string | undefined,
): Promise<{ readonly sessionId?: string }> {
  if (word === undefined) return {}
  return { sessionId: sessionOf(await call('sessions.list', { server }), word, server).id }
}
