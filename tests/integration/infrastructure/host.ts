import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { fromErrorInfo } from '../../../contract/index.ts'
import type { CommandName, CommandParams, CommandResult } from '../../../contract/index.ts'
import { createGrants, openDoor } from '../../../core/control/index.ts'
import { startHost } from '../../../core/index.ts'
import type { Host } from '../../../core/index.ts'
import { tempFolder } from '../../tools/temp-folder.ts'
import type { Infrastructure } from '../client/real-servers.ts'
import { localPython } from '../../tools/test-python.ts'

export interface RealHost extends Host {
  readonly home: string
  /** What a command comes to in the end. */
  readonly run: <N extends CommandName>(name: N, params: CommandParams<N>) => Promise<CommandResult<N>>
}

/** A host of its own for one test, with the tests' Python as its only one, and without an index. */
export async function realHost(): Promise<RealHost> {
  const folder = tempFolder()
  const home = path.join(folder, 'dàta root')
  mkdirSync(path.join(folder, 'home'))
  const python = localPython()
  const env = { HOME: path.join(folder, 'home'), PATH: path.dirname(python), PIP_NO_INDEX: '1', UV_OFFLINE: '1' }
  const host = await startHost({ home, env })
  onTestFinished(() => host.close())
  const run = async <N extends CommandName>(name: N, params: CommandParams<N>) => {
    const reply = await host.core.dispatch(name, params)
    if ('error' in reply) throw fromErrorInfo(reply.error)
    const started = reply.ok as { readonly job?: { readonly id: string } }
    if (started.job === undefined) return reply.ok as CommandResult<N>
    const ended = await host.core.jobs.ended(started.job.id)
    if (ended.error) throw fromErrorInfo(ended.error)
    return ended.result as CommandResult<N>
  }
  return { ...host, home, run }
}

/** A way to the host with that scope and no more, as a server has that was started so; until the end of the test. */
export async function scopedWay({ core, instance }: Host, scope: Infrastructure['scope']): Promise<Infrastructure> {
  const address = path.join(tempFolder(), 'd.sock')
  const grants = createGrants()
  const hello = { instanceId: instance.instanceId, pid: instance.pid, version: '0' }
  const door = await openDoor(address, { dispatch: core.dispatch, events: core.events, grants, hello })
  onTestFinished(() => door.close())
  return { scope, address, token: grants.grant(scope).token }
}
