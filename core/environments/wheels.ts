import type { JobContext } from '../jobs/index.ts'
import { readAdminRequirements } from './admin.ts'
import { fetchWheels } from './installer/index.ts'
import { withProfiles } from './profiles.ts'
import { checkedRequirements } from './requirements.ts'
import type { Room } from './room.ts'
import type { WheelRequest } from './types.ts'

/** Two resolves where both are wanted: they are for two environments, and need not agree. */
export async function fetchAllWheels(room: Room, request: WheelRequest, context: JobContext): Promise<void> {
  const { runtime, folder } = request
  const own = checkedRequirements(await withProfiles(room.profilesFile, request.profiles, request.packages))
  const fronts = request.withFronts ? await readAdminRequirements(room.adminRequirements) : []
  for (const requirements of [own, fronts])
    if (requirements.length > 0) await fetchWheels(room, requirements, runtime, folder, context)
}
