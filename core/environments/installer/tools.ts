import { stat } from 'node:fs/promises'
import { isAppError } from '../../../contract/index.ts'
import { childEnvironment } from '../../platform/index.ts'
import { run } from '../../process/index.ts'
import type { EnvironmentsDeps } from '../deps.ts'
import { ownUvs } from '../uv/own.ts'
import { createUvFinder } from './find-uv.ts'
import type { Uv, UvSurvey } from './find-uv.ts'

/** The installers of this machine, looked up once and remembered. */
export interface Tools {
  /** uv, unless the settings rule it out. */
  readonly findUv: () => Promise<Uv | undefined>
  /** The same, whatever the settings say, with what was met on the way. */
  readonly surveyUv: () => Promise<UvSurvey>
  /** Version of an interpreter's own pip; undefined: it has none. */
  readonly pipVersion: (interpreter: string) => Promise<string | undefined>
}

const askMs = 30_000

export function createTools(
  deps: Pick<EnvironmentsDeps, 'env' | 'settings' | 'layout'>,
  platform: NodeJS.Platform,
): Tools {
  const surveyUv = createUvFinder(deps.env, platform, async () =>
    (await ownUvs(deps.layout, platform)).map(({ executable }) => executable),
  )
  const asked = new Map<string, Promise<string | undefined>>()
  return {
    findUv: async () => ((await deps.settings.get()).installer === 'pip' ? undefined : (await surveyUv()).uv),
    surveyUv,
    async pipVersion(interpreter) {
      const facts = await stat(interpreter).catch(() => undefined)
      const key = `${interpreter}\0${facts?.mtimeMs ?? ''}`
      const known = await asked.get(key)
      if (known !== undefined) return known
      // Not remembered when there is none: the user may be installing it right now.
      const answer = askPip(interpreter, childEnvironment(deps.env, platform))
      asked.set(key, answer)
      return answer
    },
  }
}

async function askPip(interpreter: string, env: Readonly<Record<string, string>>): Promise<string | undefined> {
  const question = 'import pip; print(pip.__version__)'
  try {
    const { exitCode, stdout } = await run([interpreter, '-I', '-X', 'utf8', '-c', question], { env, timeoutMs: askMs })
    return exitCode === 0 ? stdout.trim() || undefined : undefined
  } catch (error) {
    if (isAppError(error)) return undefined
    throw error
  }
}
