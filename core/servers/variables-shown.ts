import path from 'node:path'
import { isAppError } from '../../contract/index.ts'
import type { ServerSpec, ServerVariable } from '../../contract/index.ts'
import { createRedact, isSecretName } from '../events/index.ts'
import type { Redact } from '../events/index.ts'
import { environmentExecutable } from '../platform/index.ts'
import { readCredentials } from '../storage/index.ts'
import type { LaunchEnvironment } from './launch-config.ts'
import { launchPlace } from './plan-run.ts'
import { defaultEnvironmentName } from './resolve-spec.ts'
import type { ServersDeps } from './types.ts'
import { variablesOf } from './variables.ts'
import type { Variable } from './variables.ts'

/** What a server would get if it were started now. @throws NOT_FOUND where its environment is not there */
export async function futureVariables(spec: ServerSpec, deps: ServersDeps): Promise<readonly Variable[]> {
  const [environment, place] = await Promise.all([environmentFor(spec, deps), launchPlace(deps)])
  return variablesOf(environment, place)
}

/** The usual environment may not have been made yet: the start makes it, in this place. */
async function environmentFor(
  { environment: name }: ServerSpec,
  { environments, layout }: ServersDeps,
): Promise<LaunchEnvironment> {
  try {
    return await environments.get(name)
  } catch (error) {
    if (name !== defaultEnvironmentName || !isAppError(error, 'NOT_FOUND')) throw error
    const root = path.join(layout.environments, name)
    return { root, executable: environmentExecutable(root, process.platform) }
  }
}

/** Fit for showing: nothing that is good for signing in anywhere. */
export async function shownVariables(
  variables: readonly Variable[],
  { layout, secrets }: Pick<ServersDeps, 'layout' | 'secrets'>,
): Promise<ServerVariable[]> {
  const kept = await readCredentials(layout).catch((): ReadonlyMap<string, string> => new Map())
  const redact = createRedact({ mask: secrets.mask, credentials: kept.values() })
  return variables.map((variable) => shownVariable(variable, redact))
}

/** What its name says is secret shows nothing of its value; of others, what is known to be secret or looks like it is blotted out. */
export function shownVariable({ name, value, from }: Variable, redact: Redact): ServerVariable {
  const shown = isSecretName(name) ? '***' : redact(value)
  return { name, value: shown, from, isMasked: shown !== value }
}
