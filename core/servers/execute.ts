import { AppError, isAppError } from '../../contract/index.ts'
import type { ExecutionResult, ExecutionValue, Server } from '../../contract/index.ts'
import type { EventHub } from '../events/index.ts'
import type { JobContext } from '../jobs/index.ts'
import { ShownOutput } from './execution-output.ts'
import type { PoolLink } from './pool-link.ts'
import { isLinkDown } from './pool-link.ts'

/** Milliseconds that a cancelled run has to stop: Python code does at once, native code when it comes back to Python. */
const letGoMs = 10_000
/** Characters of JSON up to which a value is given; a larger one is described as an object is. */
const mostValueChars = 8 * 1024 * 1024

type Fields = Readonly<Record<string, unknown>>

export interface Execution {
  readonly server: string
  readonly code: string
  /** Id of the job, by which its output is told. */
  readonly job: string
  readonly link: PoolLink
  readonly events: Pick<EventHub, 'emit'>
  /** The server as it is by now. */
  readonly look: () => Server | undefined
  readonly letGoMs?: number
}

/**
 * Runs code on a server, tells what it shows as it comes, and closes the link. Whatever it throws has what was shown in its
 * details: `output`, `isOutputCut`.
 * @throws PYTHON_ERROR with `traceback` and `line`, PYTHON_EXIT, WORKER_LOST, NOT_RUNNING, CANCELLED
 */
export async function execute(execution: Execution, context: JobContext): Promise<ExecutionResult> {
  const { server, code, job, link, events } = execution
  const shown = new ShownOutput((seq, output) => events.emit('execution.shown', { job, seq, output }))
  context.progress({ fraction: null, title: `Running code on ${server}` })
  const at = new Date().toISOString()
  const began = performance.now()
  try {
    // A job has nobody who could answer what the code asks.
    const payload = { code, allowInput: false }
    const asked = link.ask('execute', payload, context.signal, (event) => shown.take(event))
    const fields = await within(asked, context.signal, execution)
    const durationMs = performance.now() - began
    if (fields['outputCut'] === true) shown.cut()
    if (fields['isHandle'] === true) await letGo(link, fields)
    await shown.end()
    return { result: readValue(fields), output: [...shown.kept], isOutputCut: shown.isCut, durationMs }
  } catch (thrown) {
    await shown.end()
    const error = ending(thrown, execution, at, context.signal)
    if (!isAppError(error)) throw error
    const { message, hint, details } = error
    throw new AppError(error.code, message, {
      hint,
      details: { ...details, output: shown.kept, isOutputCut: shown.isCut },
      cause: error.cause,
    })
  } finally {
    link.close()
  }
}

/** The answer; CANCELLED where none comes in time once the run is to end. */
async function within(asked: Promise<Fields>, signal: AbortSignal, { server, ...given }: Execution): Promise<Fields> {
  const { promise: tooLate, reject } = Promise.withResolvers<never>()
  let timer: NodeJS.Timeout | undefined
  const onAbort = () => {
    const error = new AppError('CANCELLED', `The code on server ${server} was told to stop, and has not yet`, {
      hint: `It stops when it comes back to Python. \`beep-host servers restart ${server}\` ends it at once.`,
    })
    timer = setTimeout(() => reject(error), given.letGoMs ?? letGoMs)
  }
  if (signal.aborted) onAbort()
  else signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await Promise.race([asked, tooLate])
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', onAbort)
  }
}

/** Nobody will ask for it again. Where this fails its worker is gone, and took it along. */
async function letGo(link: PoolLink, { handleId }: Fields): Promise<void> {
  await link.ask('dispose', { handleId }).catch(() => {})
}

function readValue(fields: Fields): ExecutionValue {
  const { isHandle, value = null, shape, dtype } = fields
  const typeName = String(fields['typeName'])
  const repr = typeof fields['repr'] === 'string' ? fields['repr'] : typeName
  if (isHandle !== true && JSON.stringify(value).length <= mostValueChars)
    return { kind: 'value', value, typeName, repr }
  return {
    kind: 'handle',
    typeName,
    repr,
    ...(Array.isArray(shape) ? { shape: shape.map(Number) } : {}),
    ...(typeof dtype === 'string' ? { dtype } : {}),
  }
}

/** Why a run really ended: what the line to the worker says of it may only follow from what happened to the server. */
function ending(thrown: unknown, { server, look }: Execution, began: string, signal: AbortSignal): unknown {
  if (signal.aborted || !isAppError(thrown)) return thrown
  const isDown = isLinkDown(thrown)
  if (!isDown && !isAppError(thrown, 'WORKER_LOST', 'CANCELLED')) return thrown
  const now = look()
  if (now?.state === 'stopping' || now?.state === 'stopped') {
    return new AppError('NOT_RUNNING', `Server ${server} was stopped while it ran the code`, { cause: thrown })
  }
  if (!isDown) return thrown
  const exit = now?.lastExit
  const evidence =
    exit && exit.at >= began ? { signal: exit.signal, exitCode: exit.exitCode, lastLines: exit.lastLines } : {}
  return new AppError('WORKER_LOST', `The Python process of server ${server} went away while it ran the code`, {
    hint: `See \`beep-host logs ${server}\`.`,
    details: { ...thrown.details, ...evidence },
    cause: thrown,
  })
}
