import type { Messages, methods } from '../_generated/python-service.ts'
import { BackendError } from '../errors.ts'
import { hostMethods } from './host-methods.ts'
import type { JsonObject } from '../values/json.ts'
import { sessionFields, variablePairs } from './session.ts'
import type { Reply } from '../transport.ts'

export type MethodName = keyof typeof methods

type InPieces = 'GetArray' | 'PutArray' | 'GetTable' | 'PutTable'

/** The commands of docs/wire.md §2 that are one call each, and its name. Arrays and tables come in pieces, see exchange.ts. */
export const unaryMethods: Readonly<Record<string, Exclude<MethodName, InPieces>>> = {
  ping: 'Health',
  import: 'ImportModule',
  create: 'CreateObject',
  call: 'CallMethod',
  getattr: 'GetAttribute',
  setattr: 'SetAttribute',
  eval: 'Evaluate',
  dispose: 'DisposeHandle',
  module_available: 'IsModuleAvailable',
  wrap: 'WrapValue',
  handles_list: 'ListHandles',
  session_open: 'OpenSession',
  session_list: 'ListSessions',
  session_heartbeat: 'Heartbeat',
  session_reset: 'ResetSession',
  session_close: 'CloseSession',
  interrupt: 'Interrupt',
  ...hostMethods,
}

const jsonFields: readonly string[] = ['args', 'kwargs', 'locals', 'value']

/** The fields of a request's message: those of the payload, but that values are JSON text, and attachments lie beside them. */
export function requestFields(payload: JsonObject, attachments: readonly Uint8Array[]): JsonObject {
  const fields = Object.entries(payload).map(([name, value]) => {
    if (jsonFields.includes(name)) return [`${name}Json`, JSON.stringify(value)]
    return [name, name === 'environmentVariables' ? variablePairs(value) : value]
  })
  return { ...Object.fromEntries(fields), attachments }
}

type Handle = Messages['HandleResult']

/** A reply message in the form that replies have on every transport. */
export function replyFrom(message: object): Reply {
  const { handle, valueJson, typeName, attachments: views = [] }: Partial<Messages['EvaluateResponse']> = message
  // Memory of their own: what is made of them shall not keep the whole message.
  const attachments = views.map((view) => new Uint8Array(view))
  if (handle !== undefined) return { fields: handleFields(handle), attachments, tagged: false }
  if (valueJson !== undefined) {
    const fields = { value: parsed(valueJson), isHandle: false, typeName }
    return { fields, attachments, tagged: valueJson.includes('"$type"') }
  }
  return { fields: fieldsOf(message), attachments, tagged: false }
}

function fieldsOf(message: object): JsonObject {
  if ('handleId' in message) return handleFields(message as Partial<Handle>)
  if ('sessionId' in message) return sessionFields(message as Partial<Messages['Session']>)
  const { sessions }: Partial<Messages['ListSessionsResponse']> = message
  return sessions === undefined ? { ...message } : { sessions: sessions.map(sessionFields) }
}

/** What is empty in the message is absent here. */
function handleFields({ handleId, typeName, repr, shape, dtype, moduleName }: Partial<Handle>): JsonObject {
  return {
    isHandle: true,
    handleId,
    typeName,
    ...(repr ? { repr } : {}),
    ...(dtype ? { dtype, shape } : {}),
    ...(moduleName ? { moduleName } : {}),
  }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch (cause) {
    throw new BackendError('PROTOCOL', 'The server sent a value that is no JSON.', { cause })
  }
}
