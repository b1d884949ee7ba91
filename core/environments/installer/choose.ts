import { AppError } from '../../../contract/index.ts'
import { childEnvironment } from '../../platform/index.ts'
import type { Room } from '../room.ts'
import { unusableUvs } from './find-uv.ts'
import type { Uv } from './find-uv.ts'
import { localPlaces } from './local-places.ts'
import { installerEnvironment } from './network.ts'
import { readPipOptions } from './pip-configuration.ts'
import { choosePip, hasRawProgress, pipEnvironment } from './pip.ts'
import type { Pip } from './pip.ts'
import { createPipReader, createUvReader } from './progress.ts'
import type { OutputReader } from './progress.ts'
import type { Target } from './target.ts'
import { translatePipOptions, uvKnowsIndexes, uvVariables } from './uv.ts'
import type { UvSettings } from './uv.ts'

/** The tool that serves an environment, with the user's settings for it. */
export type Installer = {
  readonly env: Readonly<Record<string, string>>
  readonly reader: OutputReader
  readonly isOffline: boolean
} & (
  { readonly kind: 'uv'; readonly uv: Uv; readonly settings: UvSettings } | { readonly kind: 'pip'; readonly pip: Pip }
)

/**
 * uv where there is one and the settings allow it, else pip.
 * @param options `mayChange` false: nothing is put into the environment for it.
 * @throws PACKAGES_FAILED where there is neither
 */
export async function chooseInstaller(
  room: Room,
  target: Target,
  signal: AbortSignal,
  options: { readonly mayChange: boolean },
): Promise<Installer> {
  const [uv, { options: local, isOffline }] = await Promise.all([room.tools.findUv(), localPlaces(room)])
  const indexes = isOffline ? [] : (target.indexes ?? [])
  const places = [...local, ...indexes.flatMap((url) => ['--extra-index-url', url])]
  if (uv) {
    const plain = childEnvironment(room.env, room.platform, { installer: true, extra: uvVariables })
    const [pipOptions, knows] = await Promise.all([
      readPipOptions(room, target.base, signal),
      uvKnowsIndexes(plain, room.platform),
    ])
    const own = translatePipOptions(pipOptions, plain, knows)
    // uv would stop at the first index that has a name, and the best version may be in another one.
    const all = indexes.length > 0 && !plain['UV_INDEX_STRATEGY'] ? ['--index-strategy', 'unsafe-best-match'] : []
    const settings = { ...own, places: [...own.places, ...places, ...all] }
    const env = await installerEnvironment(room, uvVariables, settings.variables, pipOptions.get('cert'))
    return { kind: 'uv', uv, settings, env, reader: createUvReader(), isOffline }
  }
  if ((await room.settings.get()).installer === 'uv') {
    const { unusable } = await room.tools.surveyUv()
    const met = unusable.length > 0 ? `: ${unusableUvs(unusable)}` : ''
    throw new AppError('PACKAGES_FAILED', `The settings ask for uv, and no usable uv was found${met}`, {
      hint: `Get one: \`beep-host installer get\`, or in Settings. Or let pip do it: \`beep-host config set installer auto\`.`,
      details: { unusable },
    })
  }
  const pip = await choosePip(room, target, signal, options)
  const env = await pipEnvironment(room, target.base, signal)
  return { kind: 'pip', pip: { ...pip, places }, env, reader: createPipReader(hasRawProgress(pip)), isOffline }
}
