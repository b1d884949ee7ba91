import type { InstallerReport } from '../../../contract/index.ts'
import { t } from '../../text/index.ts'

/** What installs packages, in a sentence. */
export function inEffectSentence({ inEffect, setting }: InstallerReport): string {
  if (inEffect === null) return t(setting === 'uv' ? 'installer.noUv' : 'installer.noPython')
  if (inEffect.tool === 'uv') return t(`installer.uv.${inEffect.origin}`, { version: inEffect.version })
  const { version, python } = inEffect
  return version === null ? t('installer.pipLater', { python }) : t('installer.pip', { version, python })
}

/** Not where this machine has a usable one of its own, which would count before ours, nor where pip is what is wanted. */
export function offersUv({ inEffect, own, setting }: InstallerReport): boolean {
  if (inEffect?.tool === 'uv') return inEffect.origin === 'own'
  return setting !== 'pip' || own !== null
}
