import { AppError } from '../../../contract/index.ts'
import { required, text, texts } from '../../inputs.ts'
import { evaluateOn } from '../../server-eval.ts'
import type { Evaluated } from '../../server-eval.ts'
import { placeOf } from '../../session-of.ts'
import { readAll } from '../../stdin.ts'
import { printedText } from '../../text/python.ts'
import { visible } from '../../text/visible.ts'
import { verb } from '../../verb.ts'

export const evaluate = verb({
  words: ['eval', 'servers eval'],
  summary: 'Evaluate Python code on a running server',
  commands: ['servers.endpoint', 'sessions.list'],
  inputs: {
    name: required('name', 'which server'),
    code: required('code', 'an expression, or statements whose last expression is the result; `-` reads stdin'),
    session: text('--session <session>', 'evaluate it in this one, where names last: its id, or its name'),
    locals: texts('--local <name=json>', 'a name that the code can use; may be repeated'),
  },
  more: 'What the code prints goes to the log of the server: `beep-host logs NAME`.',
  async run({ call, io, interrupt }, { name, code, session, locals }) {
    const values = parseLocals(locals)
    const endpoint = await call('servers.endpoint', { name })
    const place = await placeOf(call, name, session)
    const source = code === '-' ? await readAll(io) : code
    const evaluated = await evaluateOn(endpoint, { expression: source, locals: values, ...place }, interrupt.signal)
    return { json: evaluatedJson(evaluated), text: evaluatedText(evaluated) }
  },
})

function evaluatedJson(evaluated: Evaluated): object {
  return evaluated.kind === 'value' ? { value: evaluated.value } : { handle: evaluated.handle }
}

function evaluatedText(evaluated: Evaluated): string {
  const shown =
    evaluated.kind === 'value'
      ? printedText(evaluated.value, evaluated.typeName)
      : String(evaluated.handle['repr'] ?? evaluated.handle['typeName'])
  return visible(shown, { multiline: true })
}

/** @throws AppError INVALID_PARAMS */
export function parseLocals(words: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    words.map((word) => {
      const [, name, json] = /^([^=]+)=(.*)$/su.exec(word) ?? []
      if (name === undefined || json === undefined) throw notLocal(word, 'it has no =')
      try {
        return [name, JSON.parse(json) as unknown]
      } catch {
        throw notLocal(word, 'what follows the = is not JSON')
      }
    }),
  )
}

function notLocal(word: string, why: string): AppError {
  return new AppError('INVALID_PARAMS', `--local ${JSON.stringify(word)} cannot be used: ${why}`, {
    hint: `Such as --local n=3 or --local 'name="text"'`,
  })
}
