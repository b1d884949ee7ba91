/// <reference lib="esnext.disposable" preserve="true" />
import type { ControlClient } from './control/control-client.ts'
import { ControlError } from './control/control-error.ts'
import { HostClient } from './control/host-client.ts'
import { findInstance } from './find/instance.ts'
import type { Instance } from './find/instance.ts'

export { ControlError, findInstance }
export type {
  CommandParams,
  CommandResult,
  ControlClient,
  ControlEvent,
  ControlOptions,
} from './control/control-client.ts'
export type { Instance }

/**
 * Connects to the host whose instance file is in `home`. Undefined when none runs: no file, nobody at the address, or
 * somebody else there, as after a crash.
 * @throws ControlError INSTANCE_INVALID; TIMEOUT when something listens there and does not answer.
 */
export async function connectControl<Commands>(home?: string): Promise<ControlClient<Commands> | undefined> {
  const instance = await findInstance(home)
  if (instance === undefined) return undefined
  const client = new HostClient<Commands>(instance)
  if (await client.isRightHost()) return client
  await client.close()
  return undefined
}
