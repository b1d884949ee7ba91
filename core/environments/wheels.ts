import type { JobContext } from '../jobs/index.ts'
import { readAdminRequirements } from './admin.ts'
import { fetchWheels } from './installer/index.ts'
import { planProfiles } from './profiles/index.ts'
import { checkedRequirements } from './requirements.ts'
import type { Room } from './room.ts'
import type { WheelRequest } from './requests.ts'

/** Two resolves where both are wanted: they are for two environments, and need not agree. */
export async function fetchAllWheels(room: Room, request: WheelRequest, context: JobContext): Promise<void> {
  const { runtime, other, folder } = request
  // For any machine: those of one GPU back end are not taken along.
  const plan = await planProfiles(room, request.profiles, request.packages, 'cpu')
  const own = checkedRequirements(plan.requirements)
  const fronts = request.withFronts ? await readAdminRequirements(room.adminRequirements) : []
  for (const requirements of [own, fronts])
    if (requirements.length > 0) await fetchWheels(room, requirements, { runtime, other }, folder, context)
}
