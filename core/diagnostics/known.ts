import { createRedact } from '../events/index.ts'
import type { Redact } from '../events/index.ts'
import type { Rooms } from '../rooms.ts'
import { readCredentials } from '../storage/index.ts'
import type { InTime } from './in-time.ts'
import { homeFolders } from './parts.ts'

/**
 * Takes out what is known to be secret. What of that cannot be read is told by the part that it belongs to; all that can be read
 * counts: passwords that are kept do not depend on the settings.
 */
export async function redactFor(
  { secrets, settings, layout, env }: Pick<Rooms, 'secrets' | 'settings' | 'layout' | 'env'>,
  inTime: InTime,
): Promise<Redact> {
  const none = (): ReadonlyMap<string, string> => new Map()
  const [kept, inSettings, homes] = await Promise.all([
    inTime(readCredentials(layout)).catch(none),
    inTime(settings.credentials()).catch(none),
    homeFolders(env, inTime),
  ])
  return createRedact({ mask: secrets.mask, credentials: [...kept.values(), ...inSettings.values()], homes })
}
