import { exitCodes } from '../../../contract/index.ts'
import type { Check } from '../../../contract/index.ts'
import { fields } from '../../text/table.ts'
import { verb } from '../../verb.ts'

export const doctor = verb({
  words: ['doctor'],
  summary: 'Check this installation',
  commands: ['doctor.run'],
  inputs: {},
  more: 'Ends with code 1 when there is a problem. Warnings, and what could not be checked, leave it at 0.',
  async run({ call }) {
    const checks = await call('doctor.run', {})
    const failed = checks.some(({ outcome }) => outcome === 'problem')
    return { json: checks, text: report(checks), exitCode: failed ? exitCodes.failed : exitCodes.done }
  },
})

function report(checks: readonly Check[]): string {
  return fields(
    checks.flatMap(({ outcome, title, detail, hint }) => [
      [outcome, `${title}: ${detail}`] as const,
      ...(hint === undefined ? [] : [['', hint] as const]),
    ]),
  )
}
