import { AppError, isAppError } from '../../../contract/index.ts'
import type { ExecutionResult, ExecutionValue, Server } from '../../../contract/index.ts'
import type { EventHub } from '../../events/index.ts'
import type { AskingContext } from '../../jobs/index.ts'
import { Dialogue } from './dialogue.ts'
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
  /** `link` leads to where it is known. */
  readonly sessionId?: string | undefined
  /** Somebody will answer what the code asks. */
  readonly allowInput?: boolean
  /** Called once, with the hold on the run; what it gives is called when the run has ended. */
  readonly live?: (run: LiveRun) => () => void
  /** Id of the job, by which its output is told. */
  readonly job: string
  readonly link: PoolLink
  readonly events: Pick<EventHub, 'emit'>
  /** The server as it is by now. */
  readonly look: () => Server | undefined
  readonly letGoMs?: number
}

/** The hold on code that runs, for those who did not begin it. Both answer false where there is nothing to be done. */
export interface LiveRun {
  readonly server: string
  /** Null: there is no more input. */
  readonly answer: (text: string | null) => Promise<boolean>
  /** Raises KeyboardInterrupt in the code; what still waits for its turn will not run. */
  readonly interrupt: (graceSeconds: number | undefined) => Promise<boolean>
}

/**
 * Runs code on a server, tells what it shows as it comes, and closes the link. Whatever it throws has what was shown in its
 * details: `output`, `isOutputCut`.
 * @throws PYTHON_ERROR with `traceback` and `line`, PYTHON_EXIT, WORKER_LOST, NOT_RUNNING, CANCELLED
 */
export async function execute(execution: Execution, context: AskingContext): Promise<ExecutionResult> {
  const { server, code, sessionId, allowInput = false, job, link, events } = execution
  const place = sessionId === undefined ? {} : { sessionId }
  const shown = new ShownOutput((seq, output) => events.emit('execution.shown', { job, seq, output }))
  context.progress({ fraction: null, title: `Running code on ${server}` })
  const at = new Date().toISOString()
  const began = performance.now()
  let requestId: number | undefined
  const tell = async (command: string, payload: Fields): Promise<boolean> =>
    requestId !== undefined && (await link.ask(command, { requestId, ...payload }))['success'] === true
  const dialogue = new Dialogue({
    shown,
    asks: context.asks,
    give: (text) => tell('input', text === null ? { eof: true } : { text }),
  })
  const over = execution.live?.({
    server,
    answer: (text) => dialogue.answer(text),
    async interrupt(graceSeconds) {
      const isTold = await tell('interrupt', graceSeconds === undefined ? {} : { graceSeconds }).catch(() => false)
      dialogue.drop()
      // It waits for its turn, and gets none.
      return isTold || tell('cancel', {})
    },
  })
  try {
    const asked = link.ask(
      'execute',
      { code, allowInput, ...place },
      context.signal,
      (event) => {
        if (!dialogue.take(event)) shown.take(event)
      },
      (id) => (requestId = id),
    )
    const fields = await within(asked, context.signal, execution)
    const durationMs = performance.now() - began
    dialogue.drop()
    if (fields['outputCut'] === true) shown.cut()
    if (fields['isHandle'] === true) await letGo(link, { handleId: fields['handleId'], ...place })
    await shown.end()
    return { result: readValue(fields), output: [...shown.kept], isOutputCut: shown.isCut, durationMs }
  } catch (thrown) {
    dialogue.drop()
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
    over?.()
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
async function letGo(link: PoolLink, handle: Fields): Promise<void> {
  await link.ask('dispose', handle).catch(() => {})
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
