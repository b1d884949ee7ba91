import { AppError, blotCredentials, settingKeys, settingsSchema } from '../../../contract/index.ts'
import type { SettingDifference, Settings } from '../../../contract/index.ts'
import { table } from '../../text/table.ts'

type Key = keyof Settings

/** @throws AppError INVALID_PARAMS with the settings that there are. */
export function settingKey(text: string): Key {
  const known = settingKeys.find((key) => key.toLowerCase() === text.toLowerCase())
  if (known !== undefined) return known
  throw new AppError('INVALID_PARAMS', `There is no setting ${JSON.stringify(text)}`, {
    hint: `There are ${settingKeys.join(', ')}`,
  })
}

/**
 * The value that words stand for: as JSON where that fits the setting (numbers, null, lists), else the word itself, else
 * all of them as a list. @throws AppError INVALID_PARAMS
 */
export function parseSetting(key: Key, words: readonly string[]): unknown {
  const schema = settingsSchema.shape[key].unwrap()
  const candidates: unknown[] = words.length === 1 ? [asJson(words[0]!), words[0], words] : [words]
  const checked = candidates.map((candidate) => schema.safeParse(candidate))
  const fits = checked.find((result) => result.success)
  if (fits) return fits.data
  const problem = checked[0]!.error!.issues.map(({ message }) => message).join('; ')
  throw new AppError(
    'INVALID_PARAMS',
    `${key} cannot be ${JSON.stringify(blotCredentials(words.join(' ')))}: ${problem}`,
  )
}

export function settingText(value: Settings[Key]): string {
  if (Array.isArray(value)) return value.join(', ')
  return value === null ? '' : String(value)
}

export function differencesTable(changes: readonly SettingDifference[]): string {
  return table(changes, [
    { title: 'setting', cell: ({ key }) => key },
    { title: 'from', cell: ({ from }) => settingText(from as Settings[Key]) },
    { title: 'to', cell: ({ to }) => settingText(to as Settings[Key]) },
  ])
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}
