import { BackendError } from './errors.ts'
import type { DisplayEvent, ExecutionResult, InputEvent, OutputEvent } from './execution.ts'
import { isJsonObject } from './values/json.ts'
import type { JsonObject } from './values/json.ts'

/** An event of docs/wire.md §2.1 as a server sent it; undefined for one that this version does not know. */
export function executionEvent(
  fields: JsonObject,
): OutputEvent | DisplayEvent | Pick<InputEvent, 'type' | 'prompt' | 'password'> | undefined {
  const { event, stream, text, data, prompt } = fields
  switch (event) {
    case 'output':
      if ((stream !== 'stdout' && stream !== 'stderr') || typeof text !== 'string') throw broken(event)
      return { type: 'output', stream, text, cut: fields['cut'] === true }
    case 'display':
      if (!isJsonObject(data) || !isText(data)) throw broken(event)
      return { type: 'display', data, isResult: fields['isResult'] === true }
    case 'input':
      return {
        type: 'input',
        prompt: typeof prompt === 'string' ? prompt : '',
        password: fields['password'] === true,
      }
    default:
      return undefined
  }
}

/** @param value what the reply's value or handle is on this side. */
export function executionResult<T>({ repr, typeName, outputCut }: JsonObject, value: T): ExecutionResult<T> {
  return { value, repr: String(repr), typeName: String(typeName), isOutputCut: outputCut === true }
}

/** About how much memory it takes, in characters. */
export function sizeOf(event: OutputEvent | DisplayEvent | InputEvent): number {
  if (event.type === 'output') return event.text.length
  return event.type === 'display' ? Object.values(event.data).reduce((sum, form) => sum + form.length, 0) : 0
}

function isText(data: JsonObject): data is Readonly<Record<string, string>> {
  return Object.values(data).every((form) => typeof form === 'string')
}

function broken(event: string): BackendError {
  return new BackendError('PROTOCOL', `The server sent an event (${event}) that lacks what it tells.`, {
    hint: 'Check that client and server are of the same version.',
  })
}
