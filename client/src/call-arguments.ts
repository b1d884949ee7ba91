import type { NamedValues } from './named-values.ts'
import { encodeValue } from './values/encode.ts'
import type { Outgoing } from './values/encode.ts'
import type { ExecuteOptions } from './execution.ts'
import type { JsonObject } from './values/json.ts'

/** The fields `args` and `kwargs`, each only where there is something in it. */
export function callArguments(args: readonly unknown[], kwargs: NamedValues, out: Outgoing): JsonObject {
  return {
    ...(args.length === 0 ? {} : { args: args.map((argument) => encodeValue(argument, out)) }),
    ...namedValues('kwargs', kwargs, out),
  }
}

/** Entry by entry, so that names such as `handleId` stay names and are not taken for a reference. */
export function namedValues(field: string, values: NamedValues, out: Outgoing): JsonObject {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined)
  if (entries.length === 0) return {}
  return { [field]: Object.fromEntries(entries.map(([name, value]) => [name, encodeValue(value, out)])) }
}

export function executePayload(code: string, { locals = {}, outputLimit }: ExecuteOptions, out: Outgoing): JsonObject {
  return {
    code,
    ...namedValues('locals', locals, out),
    ...(outputLimit === undefined ? {} : { outputLimit }),
  }
}
