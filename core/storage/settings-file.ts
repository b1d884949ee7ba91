import { AppError, blotCredentials, settingKeys, settingsChangeSchema } from '../../contract/index.ts'
import type { Settings, SettingsChange } from '../../contract/index.ts'

/** A file of settings for another data root, or for later: as settings.json is, so that one of those can be taken, too. */
export function settingsFileText(settings: Settings): string {
  return `${JSON.stringify({ version: 1, settings }, null, 2)}\n`
}

/**
 * What such a file says. It is taken as a whole or not at all; an older one says less, and what it does not say is no part of the
 * change.
 * @throws INVALID_PARAMS with the places that are wrong
 */
export function readSettingsFile(text: string): { readonly change: SettingsChange; readonly unknown: string[] } {
  const { version, settings } = parsed(text)
  if (typeof version === 'number' && version > 1)
    throw refusal(`it has version ${version}, which this program does not know`, {
      hint: 'It was probably written by a newer version of this program: use that one. Nothing was changed.',
    })
  if (version !== 1 || settings === null || typeof settings !== 'object' || Array.isArray(settings))
    throw refusal('it has no "version": 1 with "settings"')
  const unknown = Object.keys(settings).filter((key) => !(settingKeys as readonly string[]).includes(key))
  const checked = settingsChangeSchema.safeParse(settings)
  if (!checked.success) {
    const issues = checked.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    throw refusal(issues.slice(0, 5).join('; '), { details: { issues } })
  }
  if (Object.keys(checked.data).length === 0) throw refusal('it has no setting that this version knows')
  return { change: checked.data, unknown }
}

function parsed(text: string): { readonly version?: unknown; readonly settings?: unknown } {
  try {
    // Editors on Windows begin a file with a byte order mark, which JSON does not know.
    const data: unknown = JSON.parse(text.replace(/^\uFEFF/u, ''))
    return data !== null && typeof data === 'object' ? data : {}
  } catch (error) {
    // The message quotes the text, and a password may stand there.
    throw refusal(blotCredentials((error as Error).message))
  }
}

function refusal(
  why: string,
  { hint = 'Nothing was changed.', details }: { hint?: string; details?: object } = {},
): AppError {
  return new AppError('INVALID_PARAMS', `This is no file of settings: ${why}`, {
    hint,
    ...(details ? { details: { ...details } } : {}),
  })
}
