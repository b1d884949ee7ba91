import type { Environment, ServerSpec } from '../../contract/index.ts'
import { requireReady } from './plan-run.ts'
import { defaultEnvironmentName, resolveSpec, sameSpec } from './resolve-spec.ts'
import type { StartParams } from './resolve-spec.ts'
import type { ServerLog } from './logs/server-log.ts'
import { cancelledStart } from './start-deadline.ts'
import type { SupervisorDeps } from './supervisor-deps.ts'

export interface PreparedStart {
  readonly spec: ServerSpec
  /** Undefined: the usual one, which is made if need be. */
  readonly target: Environment | undefined
  readonly log: ServerLog
}

/**
 * Finds out what is to start and in which environment, opens its log, and saves its description.
 * @throws NOT_FOUND, INVALID_PARAMS, CANCELLED, and what is wrong with the environment
 */
export async function prepareStart(
  name: string,
  params: StartParams,
  { specs, environments, logs, settings }: SupervisorDeps,
  signal: AbortSignal,
): Promise<PreparedStart> {
  const saved = await specs.find(name)
  const asked = resolveSpec(params, saved)
  const isNamed = params.environment !== undefined || asked.environment !== defaultEnvironmentName
  const target = isNamed ? requireReady(await environments.get(asked.environment)) : undefined
  const spec: ServerSpec = { ...asked, environment: target?.name ?? asked.environment }
  const log = await logs.open(spec.name, (await settings.get()).serverLogBytes)
  if (signal.aborted) throw cancelledStart(spec.name)
  if (!saved || !sameSpec(saved, spec)) await specs.save(spec)
  return { spec, target, log }
}
