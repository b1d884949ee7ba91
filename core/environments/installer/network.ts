import { withWeak } from '../../network/index.ts'
import { childEnvironment } from '../../platform/index.ts'
import type { Room } from '../room.ts'

/**
 * The whole environment of pip or uv: the user's, what we need of the tool, and what is in effect for the network.
 * @param own what the tool's own configuration says, in variables; the settings go before it
 * @param ownCa a file with certificates of that configuration, which goes on to be trusted
 */
export async function installerEnvironment(
  room: Room,
  extra: Readonly<Record<string, string | undefined>>,
  own: Readonly<Record<string, string>> = {},
  ownCa: string | undefined = undefined,
): Promise<Record<string, string>> {
  const { strong, weak } = await room.network.forInstallers(ownCa === undefined ? [] : [ownCa])
  const env = childEnvironment(room.env, room.platform, { installer: true, extra: { ...extra, ...own, ...strong } })
  return withWeak(env, weak)
}
