import type { Messages } from '../_generated/python-service.ts'
import { isJsonObject } from '../values/json.ts'
import type { JsonObject } from '../values/json.ts'

/** Variables to set as pairs; null, which takes one out, is a pair without a value. */
export function variablePairs(variables: unknown): JsonObject[] {
  const entries = isJsonObject(variables) ? Object.entries(variables) : []
  return entries.map(([name, value]) => (value === null ? { name } : { name, value }))
}

/** A session as the other transports describe it. What is empty in the message is absent here. */
export function sessionFields(session: Partial<Messages['Session']>): JsonObject {
  return Object.fromEntries(Object.entries(session).filter(([, value]) => value !== '' && value !== 0))
}
