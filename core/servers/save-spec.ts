import { serverSpecSchema } from '../../contract/index.ts'
import type { CheckedParams, ServerSpec } from '../../contract/index.ts'
import { defaultEnvironmentName, resolveSpec } from './resolve-spec.ts'
import type { SpecStore } from './spec-store.ts'
import type { ServersDeps } from './types.ts'

/**
 * Writes a whole description down, by the rules of a start; what was saved under this name is forgotten. Its environment must
 * be there, but may be one that has to be repaired first: that is for the start to say.
 * @param known the name of a server that runs without a saved description
 * @throws INVALID_PARAMS, UNSUPPORTED, NOT_FOUND for the environment
 */
export async function saveSpec(
  params: CheckedParams<'servers.save'>,
  known: string | undefined,
  specs: SpecStore,
  environments: ServersDeps['environments'],
): Promise<ServerSpec> {
  const asked = resolveSpec(params, undefined)
  const saved = await specs.find(asked.name)
  // The default one is made by the first start that needs it.
  const environment =
    asked.environment === defaultEnvironmentName
      ? defaultEnvironmentName
      : (await environments.get(asked.environment)).name
  const spec = serverSpecSchema.parse({ ...asked, name: saved?.name ?? known ?? asked.name, environment })
  await specs.save(spec)
  return spec
}
