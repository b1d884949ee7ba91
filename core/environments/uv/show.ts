import type { InstallerInEffect, InstallerReport } from '../../../contract/index.ts'
import { oldestUv } from '../installer/find-uv.ts'
import type { UvSurvey } from '../installer/find-uv.ts'
import type { Room } from '../room.ts'
import { ownUvs } from './own.ts'

/** What installs packages here, and what else there would be. Asks uv and pip for their versions, at most once each. */
export async function showInstaller(room: Room): Promise<InstallerReport> {
  const [{ installer: setting }, survey, [own]] = await Promise.all([
    room.settings.get(),
    room.tools.surveyUv(),
    ownUvs(room.layout, room.platform),
  ])
  return {
    setting,
    inEffect: (await inEffect(room, setting, survey)) ?? null,
    own: own ? { version: own.version, path: own.executable, bytes: own.bytes, gotAt: own.gotAt } : null,
    unusable: [...survey.unusable],
    oldestUv,
  }
}

async function inEffect(
  room: Room,
  setting: InstallerReport['setting'],
  { uv }: UvSurvey,
): Promise<InstallerInEffect | undefined> {
  if (setting !== 'pip' && uv) return { tool: 'uv', version: uv.version, path: uv.executable, origin: uv.origin }
  if (setting === 'uv') return undefined
  const runtime = await room.runtimes.default().catch(() => undefined)
  if (!runtime) return undefined
  const { executable, version: python } = runtime
  return { tool: 'pip', version: (await room.tools.pipVersion(executable)) ?? null, path: executable, python }
}
