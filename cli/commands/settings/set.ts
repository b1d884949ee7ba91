import { AppError } from '../../../contract/index.ts'
import type { Interrupt } from '../../interrupt.ts'
import type { Io } from '../../io.ts'
import { required, rest } from '../../inputs.ts'
import { createLineInput } from '../../line-input.ts'
import { visible } from '../../text/visible.ts'
import { verb } from '../../verb.ts'
import { parseSetting, settingKey, settingText } from './values.ts'

export const setSetting = verb({
  words: ['config set'],
  summary: 'Change one setting',
  commands: ['settings.update'],
  inputs: {
    key: required('key', 'as `config` shows it'),
    values: rest(
      'value',
      'the new value; `null` for none; several where the setting is a list; `-` reads it without showing it',
      true,
    ),
  },
  more: 'Passwords in addresses are taken out, and kept in a file that you alone can read.',
  async run({ call, io, interrupt }, { key, values }) {
    const known = settingKey(key)
    const given = values.length === 1 && values[0] === '-' ? [await hiddenLine(io, interrupt)] : values
    const settings = await call('settings.update', { [known]: parseSetting(known, given) })
    return { json: settings, text: `${known} is ${visible(settingText(settings[known])) || 'empty'} now` }
  },
})

async function hiddenLine(io: Io, interrupt: Interrupt): Promise<string> {
  if (io.stdin.isTTY === true) io.stderr.write('Value: ')
  const lines = createLineInput(io)
  try {
    const line = await lines.nextHidden(() => interrupt.receive('SIGINT'))
    if (io.stdin.isTTY === true) io.stderr.write('\n')
    if (line !== null && line.trim() !== '') return line.trim()
  } finally {
    lines.close()
  }
  throw new AppError('INVALID_PARAMS', 'No value was given', { hint: 'Type it, or give it on stdin.' })
}
