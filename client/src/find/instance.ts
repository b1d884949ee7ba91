import { join } from 'node:path'
import { ControlError } from '../control/control-error.ts'
import { beepHome } from '../home.ts'
import { readPrivateFile } from './private-file.ts'

/** A running host, as its file `instance.json` tells it. The host may have died since: `connectControl` checks. */
export interface Instance {
  readonly pid: number
  /** ISO 8601 */
  readonly startedAt: string
  /** A socket path, or `\\.\pipe\<name>`. */
  readonly address: string
  readonly token: string
  readonly instanceId: string
}

/**
 * What the instance file in `home` says; undefined when there is none.
 * @param home default: `BEEP_HOME`, else `~/.beep-python`
 * @throws ControlError INSTANCE_INVALID when there is a file that cannot be used.
 */
export async function findInstance(home?: string): Promise<Instance | undefined> {
  const path = join(beepHome(home), 'instance.json')
  const file = await readPrivateFile(path)
  if (file.state === 'missing') return undefined
  if (file.state === 'refused') throw unusable(path, file.reason)
  const { version, pid, startedAt, address, token, instanceId } = file.content
  if (version !== 1) throw unusable(path, `its version is ${JSON.stringify(version)}, and this client reads version 1`)
  if (typeof address !== 'string' || typeof token !== 'string' || typeof instanceId !== 'string') {
    throw unusable(path, 'its address, token or instanceId is missing')
  }
  return {
    pid: typeof pid === 'number' ? pid : 0,
    startedAt: typeof startedAt === 'string' ? startedAt : '',
    address,
    token,
    instanceId,
  }
}

function unusable(path: string, reason: string): ControlError {
  return new ControlError('INSTANCE_INVALID', `The instance file ${path} cannot be used: ${reason}.`, {
    hint: 'Start the host again to have it written anew.',
    details: { path, reason },
  })
}
