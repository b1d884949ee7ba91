import { decodeValue } from '../../../client/src/values/decode.ts'
import type {
  NamedValues,
  PythonBackend,
  PythonCalls,
  PythonHandle,
  PythonSession,
  SessionOptions,
} from '../../../client/src/index.ts'
import { isJsonObject } from '../../../client/src/values/json.ts'
import type { ConformanceStep } from './cases.ts'

/** What a step has brought, in JavaScript: `shown` of an execute. */
export interface Outcome {
  readonly result: unknown
  readonly fields?: Readonly<Record<string, unknown>>
  readonly shown?: Readonly<Record<string, string>>
}

/** What steps have named: `@a` to the handle, or the session. */
export interface Kept {
  readonly handles: Map<string, PythonHandle>
  readonly sessions: Map<string, PythonSession>
}

/** Asks by the method that stands for the command. @throws BackendError */
export async function ask(backend: PythonBackend, step: ConformanceStep, kept: Kept): Promise<Outcome> {
  const { command, payload } = step
  const session = kept.sessions.get(String(payload['sessionId']))
  if (command.startsWith('session_')) return { result: undefined, ...(await askSession(backend, session, step, kept)) }
  const python: PythonCalls = session ?? backend
  const given = structuredClone(payload)
  const value = (name: string): unknown => argument(given[name], kept)
  const args = (): readonly unknown[] => (value('args') ?? []) as readonly unknown[]
  const names = (field: string): NamedValues => named(given[field], kept)
  const text = (name: string): string => String(payload[name])
  const handle = (): PythonHandle => handleOf(payload['handleId'], kept)
  switch (command) {
    case 'eval':
      return { result: await python.evaluate(text('expression'), names('locals')) }
    case 'wrap':
      return { result: await python.wrap(value('value')) }
    case 'import':
      return { result: await python.importModule(text('moduleName')) }
    case 'create': {
      const module = 'moduleName' in payload ? text('moduleName') : handleOf(payload['moduleHandleId'], kept)
      return { result: await python.createObject(module, text('className'), args(), names('kwargs')) }
    }
    case 'call':
      return { result: await python.callMethod(handle(), text('methodName'), args(), names('kwargs')) }
    case 'getattr':
      return { result: await python.getAttribute(handle(), text('attributeName')) }
    case 'setattr':
      await python.setAttribute(handle(), text('attributeName'), value('value'))
      return { result: undefined, fields: { success: true } }
    case 'dispose':
      await python.dispose(handle())
      return { result: undefined, fields: { success: true } }
    case 'module_available':
      return { result: undefined, fields: { available: await python.isModuleAvailable(text('moduleName')) } }
    case 'toarray':
      return { result: await python.toArray(handle()) }
    case 'totable':
      return { result: await python.toTable(handle()) }
    case 'tofloatarray':
      return { result: await python.toFloatArray(handle()) }
    case 'tofloatarray2d':
      return { result: await python.toFloatArray2D(handle()) }
    case 'execute':
      return execute(python, step, names('locals'))
  }
  throw new Error(`The runner does not know the command ${command}`)
}

async function askSession(
  backend: PythonBackend,
  session: PythonSession | undefined,
  { command, payload, keep }: ConformanceStep,
  kept: Kept,
): Promise<Pick<Outcome, 'fields'>> {
  if (command === 'session_open') {
    const opened = await backend.openSession(payload as SessionOptions)
    kept.sessions.set(`@${keep}`, opened)
    return { fields: { name: opened.name, ownProcess: opened.ownProcess } }
  }
  if (command === 'session_reset') await session?.reset()
  else await session?.close()
  return { fields: { success: session !== undefined } }
}

async function execute(python: PythonCalls, step: ConformanceStep, locals: NamedValues): Promise<Outcome> {
  const answers = [...(step.answers ?? [])]
  const shown = { stdout: '', stderr: '' }
  const run = python.execute(String(step.payload['code']), {
    locals,
    onOutput: (text, stream) => void (shown[stream] += text),
    onInput: () => answers.shift() ?? null,
  })
  try {
    const { value, repr } = await run.result
    return { result: value, fields: { repr }, shown }
  } catch (error) {
    throw Object.assign(error as Error, { shown })
  }
}

/** The argument that a wire form stands for: values decoded, handles that were kept in their places. */
function argument(form: unknown, kept: Kept): unknown {
  return withHandles(decodeValue(form, []), kept)
}

function withHandles(value: unknown, kept: Kept): unknown {
  // In place, so that what marks an array as a tuple stays.
  if (Array.isArray(value)) {
    for (const [place, item] of value.entries()) value[place] = withHandles(item, kept)
    return value
  }
  if (!isJsonObject(value) || Object.getPrototypeOf(value) !== Object.prototype) return value
  if (typeof value['handleId'] === 'string') return handleOf(value['handleId'], kept)
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withHandles(item, kept)]))
}

function named(form: unknown, kept: Kept): NamedValues {
  return Object.fromEntries(Object.entries(form ?? {}).map(([name, item]) => [name, argument(item, kept)]))
}

function handleOf(reference: unknown, kept: Kept): PythonHandle {
  const found = kept.handles.get(String(reference))
  if (found === undefined) throw new Error(`No step has kept ${String(reference)}`)
  return found
}
