import path from 'node:path'
import { realpath } from 'node:fs/promises'
import { AppError, fromErrorInfo } from '../../../contract/index.ts'
import type { Runtime } from '../../../contract/index.ts'
import type { JobContext } from '../../jobs/index.ts'
import type { Layout } from '../../platform/index.ts'
import type { SettingsStore } from '../../storage/index.ts'
import { interpreterAt } from '../discovery/candidates.ts'
import { examine, isInside } from '../discovery/discover.ts'
import { systemId } from '../identity.ts'
import { best } from '../inventory.ts'
import type { Inventory } from '../inventory.ts'
import { matchesRequest } from '../version.ts'

export interface SystemDeps {
  readonly layout: Layout
  readonly settings: SettingsStore
  readonly env: NodeJS.ProcessEnv
  readonly inventory: Inventory
}

export interface SystemRequest {
  readonly path: string | undefined
  readonly version: string | undefined
}

/**
 * Takes a Python that is there already into use: the best one, or the one at a path. Nothing is copied.
 * @throws PYTHON_MISSING, PYTHON_BROKEN, UNSUPPORTED, INVALID_PARAMS, CANCELLED
 */
export async function installSystem(deps: SystemDeps, request: SystemRequest, context: JobContext): Promise<Runtime> {
  context.progress({ fraction: 0, title: 'Looking for Pythons on this machine' })
  return request.path === undefined
    ? takeBest(deps, request.version)
    : takeNamed(deps, request.path, request.version, context)
}

async function takeBest({ inventory }: SystemDeps, version: string | undefined): Promise<Runtime> {
  const there = (await inventory.list(true)).filter((runtime) => runtime.source === 'system')
  const found = best(there.filter((runtime) => version === undefined || matchesRequest(runtime.version, version)))
  if (found) return found
  const usable = there.filter((runtime) => runtime.state === 'ready').map((runtime) => runtime.version)
  throw new AppError('PYTHON_MISSING', `There is no usable Python${version ? ` ${version}` : ''} on this machine`, {
    hint:
      usable.length > 0
        ? `There is ${usable.join(', ')}; or download one with \`beep-host init\`.`
        : 'Download one with `beep-host init`.',
    details: { version, broken: there.flatMap((runtime) => (runtime.problem ? [runtime.problem.message] : [])) },
  })
}

async function takeNamed(
  deps: SystemDeps,
  where: string,
  version: string | undefined,
  context: JobContext,
): Promise<Runtime> {
  requireAbsolute(where)
  const found = await interpreterAt(where, process.platform)
  if (found === undefined) {
    throw new AppError('PYTHON_MISSING', `There is no Python at ${where}`, {
      hint: 'Name an interpreter, or a folder that has one.',
      details: { path: where },
    })
  }
  const own = await realpath(deps.layout.runtimes).catch(() => deps.layout.runtimes)
  if (isInside(own, found.realpath)) {
    const [id = ''] = path.relative(own, found.realpath).split(path.sep)
    const managed = await deps.inventory.find(id)
    if (managed) return managed
  }
  const examined = await examine(found, deps.env, context.signal)
  if (examined.problem) throw fromErrorInfo(examined.problem)
  const actual = examined.probe?.version ?? 'unknown'
  if (version !== undefined && !matchesRequest(actual, version)) {
    throw new AppError('INVALID_PARAMS', `${found.executable} is Python ${actual}, not ${version}`, {
      hint: 'Leave the version out, or name another interpreter.',
      details: { executable: found.executable, version: actual },
    })
  }
  return register(deps, systemId(actual, found.realpath), found.executable)
}

/** An interpreter that discovery does not come across by itself is kept in the settings. */
async function register({ inventory, settings }: SystemDeps, id: string, executable: string): Promise<Runtime> {
  const known = (await inventory.list(true)).find((runtime) => runtime.id === id)
  if (known) return known
  const { extraRuntimes } = await settings.get()
  await settings.update({ extraRuntimes: [...extraRuntimes, executable] })
  inventory.forget()
  const added = await inventory.find(id)
  if (added) return added
  throw new AppError('PYTHON_MISSING', `${executable} vanished while it was being added`, { details: { executable } })
}

/** A path means the caller's folder, and the host may run in another one. */
export function requireAbsolute(where: string): void {
  if (path.isAbsolute(where)) return
  throw new AppError('INVALID_PARAMS', `${where} is not a full path`, {
    hint: 'Give the path from the root on.',
    details: { path: where },
  })
}
