import { required } from '../../inputs.ts'
import { visible } from '../../text/visible.ts'
import { verb } from '../../verb.ts'
import { settingKey, settingText } from './values.ts'

export const getSetting = verb({
  words: ['config get'],
  summary: 'Show one setting',
  commands: ['settings.get'],
  inputs: { key: required('key', 'as `config` shows it') },
  async run({ call }, { key }) {
    const known = settingKey(key)
    const settings = await call('settings.get', {})
    return { json: settings[known], text: visible(settingText(settings[known])) }
  },
})
