import { AppError } from '../../contract/index.ts'
import type { CommandName, CommandParams, CommandReply } from '../../contract/index.ts'
import type { Bridge } from '../bridge.ts'

let bridge: Bridge | undefined

/** Called once by main.tsx, and by each test with a bridge of its own. */
export function setBridge(next: Bridge | undefined): void {
  bridge = next
}

/** Asks the host. Rejects with an AppError, always. */
export async function call<N extends CommandName>(name: N, params: CommandParams<N>): Promise<CommandReply<N>> {
  if (bridge === undefined) throw new AppError('HOST_UNREACHABLE', 'There is no way to the host yet')
  return await bridge.invoke(name, params)
}
