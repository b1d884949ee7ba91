import { required, rest } from '../../inputs.ts'
import { visible } from '../../text/visible.ts'
import { verb } from '../../verb.ts'
import { parseSetting, settingKey, settingText } from './values.ts'

export const setSetting = verb({
  words: ['config set'],
  summary: 'Change one setting',
  commands: ['settings.update'],
  inputs: {
    key: required('key', 'as `config` shows it'),
    values: rest('value', 'the new value; `null` for none; several where the setting is a list', true),
  },
  async run({ call }, { key, values }) {
    const known = settingKey(key)
    const settings = await call('settings.update', { [known]: parseSetting(known, values) })
    return { json: settings, text: `${known} is ${visible(settingText(settings[known])) || 'empty'} now` }
  },
})
