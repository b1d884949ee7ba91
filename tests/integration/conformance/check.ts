import { expect } from 'vitest'
import { bytesOf } from '../../../client/src/values/arrays.ts'
import { decodeValue } from '../../../client/src/values/decode.ts'
import { encodeValue } from '../../../client/src/values/encode.ts'
import { ArrowTable, BackendError, isHandle } from '../../../client/src/index.ts'
import type { NdArray, PythonError } from '../../../client/src/index.ts'
import { owner } from '../../unit/client/travel.ts'
import type { Outcome } from './ask.ts'
import type { ConformanceStep } from './cases.ts'

/** Fails where the outcome is not what the step expects. */
export function check({ expect: wanted }: ConformanceStep, { result, fields = {}, shown = {} }: Outcome): void {
  for (const [key, value] of Object.entries(wanted)) {
    if (key === 'value') checkValue(result, value)
    else if (key === 'handle') checkHandle(result, value as object)
    else if (key === 'fields') expect(fields).toMatchObject(value as object)
    else if (key === 'array') checkArray(result, value as ArrayForm)
    else if (key === 'table') checkTable(result, value as { readonly rows: number })
    else if (key === 'error') checkError(result, value as { readonly code: string; readonly exceptionType?: string })
    else if (key === 'stdout' || key === 'stderr') expect(shown[key]).toBe(value)
    // A value's typeName is not shown to users of the client.
    else expect(key).toBe('typeName')
  }
}

/** As JavaScript has it, and on its way back: that shows what JavaScript cannot, such as a tuple. */
function checkValue(result: unknown, form: unknown): void {
  const wanted = decodeValue(structuredClone(form), [])
  expect(result).toStrictEqual(wanted)
  expect(returned(result)).toStrictEqual(returned(wanted))
  expect(decodeValue(returned(wanted), [])).toStrictEqual(wanted)
}

function returned(value: unknown): unknown {
  return JSON.parse(JSON.stringify(encodeValue(value, { owner, attachments: undefined })))
}

function checkHandle(result: unknown, facts: object): void {
  expect(isHandle(result), `a handle, not ${String(result)}`).toBe(true)
  const { moduleName, repr, shape, dtype, typeName } = result as Readonly<Record<string, unknown>>
  expect({ moduleName, repr, shape, dtype, typeName }).toMatchObject(facts)
}

interface ArrayForm {
  readonly dtype: string
  readonly shape: readonly number[]
  readonly base64: string
}

function checkArray(result: unknown, { dtype, shape, base64 }: ArrayForm): void {
  const bytes = Buffer.from(base64, 'base64')
  if (result instanceof Float64Array) return expect(Buffer.from(bytesOf(result))).toEqual(bytes)
  if (Array.isArray(result)) {
    expect([result.length, (result[0] as Float64Array).length]).toEqual(shape)
    return expect(Buffer.concat(result.map((row: Float64Array) => bytesOf(row)))).toEqual(bytes)
  }
  const array = result as NdArray
  expect({ dtype: array.dtype, shape: array.shape }).toEqual({ dtype, shape })
  expect(Buffer.from(bytesOf(array.data))).toEqual(bytes)
}

function checkTable(result: unknown, { rows }: { readonly rows: number }): void {
  expect(result).toBeInstanceOf(ArrowTable)
  expect((result as ArrowTable).rows).toBe(rows)
  // How the message of an Arrow stream begins.
  expect([...(result as ArrowTable).data.subarray(0, 4)]).toEqual([0xff, 0xff, 0xff, 0xff])
}

function checkError(result: unknown, wanted: { readonly code: string; readonly exceptionType?: string }): void {
  expect(result).toBeInstanceOf(BackendError)
  const codes = knownHere[wanted.code] ?? [wanted.code]
  expect(codes).toContain((result as BackendError).code)
  if (wanted.exceptionType !== undefined) expect((result as PythonError).exceptionType).toBe(wanted.exceptionType)
}

/** What the client refuses before it is sent: a handle that was disposed of, or belongs elsewhere, and a closed session. */
const knownHere: Readonly<Record<string, readonly string[]>> = {
  HANDLE_NOT_FOUND: ['HANDLE_DISPOSED', 'HANDLE_FOREIGN'],
  SESSION_NOT_FOUND: ['CLOSED'],
}
