import { exitCodes } from '../../../contract/index.ts'
import type { Check } from '../../../contract/index.ts'
import { text } from '../../inputs.ts'
import { fields } from '../../text/table.ts'
import { visible } from '../../text/visible.ts'
import { verb } from '../../verb.ts'
import { filesTable, notSent, saveDiagnostics } from './diagnostics.ts'

export const doctor = verb({
  words: ['doctor'],
  summary: 'Check this installation',
  commands: ['doctor.run', 'diagnostics.collect'],
  inputs: {
    save: text('--save <file>', 'writes a .zip with the results, versions, settings and logs, without secrets'),
  },
  more: 'Ends with code 1 when there is a problem. Warnings, and what could not be checked, leave it at 0.',
  async run({ call, io }, { save }) {
    const checks = await call('doctor.run', {})
    const failed = checks.some(({ outcome }) => outcome === 'problem')
    const exitCode = failed ? exitCodes.failed : exitCodes.done
    if (save === undefined) return { json: checks, text: report(checks), exitCode }
    const found = await call('diagnostics.collect', {})
    const path = await saveDiagnostics(io, save, found)
    return {
      json: { checks, path, files: found.files.map(({ name, title, bytes }) => ({ name, title, bytes })) },
      text: `${report(checks)}\n\n${filesTable(found)}\n\nWrote them to ${visible(path)}`,
      notes: [notSent],
      exitCode,
    }
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
