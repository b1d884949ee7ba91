import { fields } from '../../text/table.ts'
import { verb } from '../../verb.ts'
import { settingText } from './values.ts'

export const showSettings = verb({
  words: ['config'],
  summary: 'Show the settings and where everything lies',
  commands: ['settings.get', 'host.info'],
  inputs: {},
  async run({ call }) {
    const [settings, info] = [await call('settings.get', {}), await call('host.info', {})]
    const { layoutOf } = await import('../../headless.ts')
    const paths = layoutOf(info.home)
    const rows = Object.entries(settings).map(([key, value]) => [key, settingText(value)] as const)
    const text = `Settings\n${fields(rows)}\n\nPlaces\n${fields(Object.entries(paths))}`
    return { json: { settings, paths }, text }
  },
})
