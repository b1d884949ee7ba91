import { ipcMain } from 'electron'
import type { IpcMainInvokeEvent, WebContents } from 'electron'
import { AppError, toErrorInfo } from '../contract/index.ts'
import type { AppEvent, ErrorInfo } from '../contract/index.ts'
import type { Core } from '../core/index.ts'
import { channels } from './names.ts'
import { senderProblem } from './policy/sender.ts'

export interface IpcDeps {
  readonly core: Pick<Core, 'dispatch'>
  readonly isOurs: (contents: WebContents) => boolean
  readonly log: (text: string) => void
}

/** Commands of the page: who asks, then what, then the work. Whatever happens, the answer is `{ok}` or `{error}`. */
export function serveIpc({ core, isOurs, log }: IpcDeps): void {
  const refuse = (why: string, error: ErrorInfo) => {
    log(`window: refused: ${why}`)
    return { error }
  }
  ipcMain.handle(channels.invoke, async (event, name: unknown, params: unknown) => {
    const problem = senderProblem(senderOf(event, isOurs))
    if (problem !== undefined)
      return refuse(problem, toErrorInfo(new AppError('UNAUTHORIZED', `The host does not answer ${problem}`)))
    // Not a text: dispatch says so in its own words.
    const reply = await core.dispatch(typeof name === 'string' ? name : '', params)
    const isRefused = 'error' in reply && ['UNKNOWN_COMMAND', 'INVALID_PARAMS'].includes(reply.error.code)
    return isRefused ? refuse(reply.error.message, reply.error) : reply
  })
}

function senderOf({ sender, senderFrame }: IpcMainInvokeEvent, isOurs: IpcDeps['isOurs']) {
  return {
    url: senderFrame?.url,
    isMainFrame: senderFrame !== null && senderFrame.parent === null,
    isOurWindow: isOurs(sender),
  }
}

/** Milliseconds over which events are gathered into one message: a screen shows no more often. */
const batchMs = 50

/** Sends every event to one page, in order, in batches, for as long as its window lives. */
export function forwardEvents(contents: WebContents, events: Core['events']): void {
  let batch: AppEvent[] = []
  let timer: NodeJS.Timeout | undefined
  const flush = () => {
    timer = undefined
    const ready = batch
    batch = []
    // A page that has crashed takes a snapshot once it is back.
    if (!contents.isDestroyed() && !contents.isCrashed()) contents.send(channels.events, ready)
  }
  const unsubscribe = events.subscribe((event) => {
    batch.push(event)
    timer ??= setTimeout(flush, batchMs)
  })
  contents.once('destroyed', () => {
    clearTimeout(timer)
    unsubscribe()
  })
}
