import { AppError, resetOf, settingDifferences, settingKeys } from '../../../contract/index.ts'
import { flag, rest } from '../../inputs.ts'
import { verb } from '../../verb.ts'
import { differencesTable, settingKey } from './values.ts'

export const resetSettings = verb({
  words: ['config reset'],
  summary: 'Set settings back to what they were at first',
  commands: ['settings.get', 'settings.update'],
  inputs: {
    keys: rest('key', 'which, as `config` shows them'),
    all: flag('--all', 'every one of them'),
  },
  more: 'To have them back: `config export -o FILE` before, `config import FILE` after. Passwords of addresses are forgotten for good.',
  async run({ call }, { keys, all }) {
    if (all === keys.length > 0) {
      throw new AppError('INVALID_PARAMS', 'Say which settings, or --all for every one', {
        hint: '`beep-host config` shows them.',
      })
    }
    const before = await call('settings.get', {})
    const change = resetOf(before, all ? settingKeys : keys.map(settingKey))
    const changes = settingDifferences(before, change)
    const settings = changes.length === 0 ? before : await call('settings.update', change)
    return {
      json: { settings, changes },
      text: changes.length === 0 ? 'That is as it was at first already' : differencesTable(changes),
    }
  },
})
