import type { InstallerReport } from '../../contract/index.ts'
import type { Finding } from './finding.ts'

/** That pip does it is no fault; that uv would do it faster is worth a word. */
export function installerFinding({ setting, inEffect, unusable, oldestUv }: InstallerReport): Finding {
  const hint = 'uv does the same faster: `beep-host installer get`, or Settings.'
  const met = unusable.map(({ path, version }) =>
    version === null ? `${path} does not start` : `${path} is ${version}, older than ${oldestUv}`,
  )
  if (inEffect?.tool === 'uv') return { outcome: 'ok', detail: `uv ${inEffect.version}, ${inEffect.path}` }
  if (setting === 'uv') {
    const detail = ['The settings ask for uv, and none can be used', ...met].join('; ')
    return {
      outcome: 'problem',
      detail,
      hint: 'Get one: `beep-host installer get`; or `beep-host config set installer auto`.',
    }
  }
  if (inEffect === null) return { outcome: 'ok', detail: 'None yet: a Python brings one' }
  const pip = inEffect.version === null ? 'pip, put into each environment' : `pip ${inEffect.version}`
  const detail = [`${pip} of Python ${inEffect.python}`, ...met].join('; ')
  return { outcome: 'ok', detail, ...(setting === 'pip' ? {} : { hint }) }
}
