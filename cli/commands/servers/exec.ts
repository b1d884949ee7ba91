import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { AppError, executionOutputSchema, isAppError } from '../../../contract/index.ts'
import type { ExecutionResult } from '../../../contract/index.ts'
import { answersFrom } from '../../answer-input.ts'
import { optional, required, text } from '../../inputs.ts'
import type { Io } from '../../io.ts'
import { createLineInput } from '../../line-input.ts'
import { createPassedOutput } from '../../passed-output.ts'
import { runJob } from '../../run-job.ts'
import { placeOf } from '../../session-of.ts'
import { readAll } from '../../stdin.ts'
import { printedText } from '../../text/python.ts'
import { visible } from '../../text/visible.ts'
import { verb } from '../../verb.ts'

export const executeCode = verb({
  words: ['exec', 'servers exec'],
  summary: 'Run Python code on a running server, and show what it prints',
  commands: ['sessions.list', 'servers.execute', 'servers.answerInput', 'servers.interrupt'],
  inputs: {
    name: required('name', 'which server'),
    code: optional('code', 'statements; the value of a last expression is shown at the end. `-` reads stdin'),
    file: text('--file <file>', 'read the code from there'),
    session: text('--session <session>', 'run it in this one, where names last: its id, or its name'),
  },
  more:
    'input() reads stdin, unless the code came from there. Ctrl+C interrupts the code, a second one ends the run.\n' +
    'With --json nothing is shown while it runs: the one document in the end has all of it.',
  async run(context, { name, code, file, session }) {
    const { io, door, call, output, interrupt } = context
    const source = await readCode(io, code, file)
    const place = await placeOf(call, name, session)
    const passed = createPassedOutput(output.pass)
    const lines = createLineInput(io)
    const opened = await door()
    let undivert = () => {}
    const stopCode = (id: string) => {
      void call('servers.interrupt', { name, execution: id }).catch(() => {})
    }
    const answers = answersFrom({ io, lines, passed, isQuiet: output.json, call, onInterrupt: interrupt.receive })
    const params = { name, code: source, ...place, allowInput: code !== '-' }
    const options = {
      signal: interrupt.signal,
      onAsked: answers.asked,
      onStarted(id: string) {
        answers.isFor(id)
        undivert = interrupt.divert(() => stopCode(id))
      },
      ...(output.json ? {} : { onShown: passed.live }),
    }
    try {
      const done = await runJob(opened, 'servers.execute', params, options)
      if (!output.json) passed.rest(done.output)
      const shown = valueText(done)
      if (shown !== '' && !output.json && passed.isInLine()) output.pass('stdout', '\n')
      return { json: done, text: shown, notes: done.isOutputCut ? ['It showed more than is kept'] : [] }
    } catch (error) {
      if (!output.json && isAppError(error)) passed.rest(outputOf(error))
      // A question that nobody answered any more stands there yet.
      if (!output.json && io.stdout.isTTY === true && passed.isInLine()) output.pass('stdout', '\n')
      throw error
    } finally {
      undivert()
      lines.close()
    }
  },
})

function valueText({ result }: ExecutionResult): string {
  if (result.kind === 'handle') return visible(result.repr, { multiline: true })
  return result.value === null ? '' : visible(printedText(result.value, result.typeName), { multiline: true })
}

function outputOf({ details }: AppError) {
  return executionOutputSchema.array().safeParse(details?.['output']).data ?? []
}

/** @throws AppError INVALID_PARAMS, NOT_FOUND */
async function readCode(io: Io, code: string | undefined, file: string | undefined): Promise<string> {
  if ((code === undefined) === (file === undefined)) {
    throw new AppError('INVALID_PARAMS', code === undefined ? 'Which code?' : 'Give the code or --file, not both', {
      hint: "`beep-host exec NAME 'print(1)'`, `beep-host exec NAME -` for stdin, or `beep-host exec NAME --file FILE`",
    })
  }
  if (code !== undefined) return code === '-' ? readAll(io) : code
  const whole = path.resolve(io.cwd, file!)
  return readFile(whole, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const details = { details: { path: whole } }
    if (error.code === 'ENOENT') throw new AppError('NOT_FOUND', `There is no file ${whole}`, details)
    throw new AppError('FILE_UNREADABLE', `Could not read ${whole}: ${error.message}`, details)
  })
}
