import { AppError } from '../../../contract/index.ts'
import { openHost } from '../../connect.ts'
import type { Answer } from '../../output.ts'
import { serversTable } from '../../tables/servers.ts'
import type { Context } from '../../verb.ts'

/** Every saved server, in the background: a foreground has room for the log of one. */
export async function startAll(
  context: Context<'servers.startAll'>,
  others: readonly (readonly [option: string, value: unknown])[],
): Promise<Answer> {
  const odd = others.find(([, value]) => value !== undefined)
  if (odd) {
    throw new AppError('INVALID_PARAMS', `--all starts servers as they are saved, and does not go with ${odd[0]}`, {
      hint: '`beep-host servers save NAME` changes what is saved',
    })
  }
  const { place, interrupt, useDoor, run } = context
  useDoor(await openHost(place, interrupt.signal))
  const servers = await run('servers.startAll', {})
  const text = servers.length === 0 ? 'No server is saved; `beep-host start pipe` makes one' : serversTable(servers)
  return { json: servers, text }
}
