import { setTimeout as pause } from 'node:timers/promises'
import { dialog, shell } from 'electron'
import { isAppError, toErrorInfo } from '../contract/index.ts'
import type { AppError } from '../contract/index.ts'
import type { Host } from '../core/index.ts'
import { browserAddressOfOther, stopOther } from './other-host.ts'
import { text } from './text.ts'

export interface OpenHostOptions {
  readonly home: string
  readonly isHidden: boolean
  /** @throws ALREADY_RUNNING */
  readonly start: () => Promise<Host>
}

/** Milliseconds for the other host to stop its servers. */
const goneWithinMs = 60_000
const tryEveryMs = 200

/**
 * Becomes the host of the data root. Where one is running already (from a terminal), the user says what to do; nobody does when the
 * system started us at login, and so nothing is shown. Undefined: this program has nothing to do here.
 */
export async function openHost(options: OpenHostOptions): Promise<Host | undefined> {
  for (;;) {
    try {
      return await options.start()
    } catch (error) {
      if (!isAppError(error, 'ALREADY_RUNNING')) return failStart(error)
      if (options.isHidden) return undefined
      const host = await settle(error, options)
      if (host !== 'ask again') return host
    }
  }
}

async function settle(taken: AppError, { home, start }: OpenHostOptions): Promise<Host | undefined | 'ask again'> {
  const pid = taken.details?.['pid']
  const buttons = [text.taken.browser, text.taken.takeOver, text.taken.quit]
  const { response } = await dialog.showMessageBox({
    type: 'question',
    title: text.product,
    message: text.taken.message(typeof pid === 'number' ? pid : undefined),
    detail: text.taken.detail(home),
    buttons,
    defaultId: 0,
    cancelId: 2,
    noLink: true,
  })
  try {
    if (buttons[response] === text.taken.browser) await shell.openExternal(await browserAddressOfOther(home))
    if (buttons[response] !== text.taken.takeOver) return undefined
    await stopOther(home)
    return await startOnceFree(start)
  } catch (error) {
    // It may have gone by itself meanwhile: the next try tells.
    await dialog.showMessageBox({ type: 'warning', message: text.taken.failed, detail: (error as Error).message })
    return 'ask again'
  }
}

async function startOnceFree(start: OpenHostOptions['start']): Promise<Host> {
  for (const deadline = performance.now() + goneWithinMs; ; await pause(tryEveryMs)) {
    try {
      return await start()
    } catch (error) {
      if (!isAppError(error, 'ALREADY_RUNNING') || performance.now() > deadline) throw error
    }
  }
}

function failStart(error: unknown): undefined {
  const { message, hint } = toErrorInfo(error)
  dialog.showErrorBox(text.failedStart, [message, hint].filter(Boolean).join('\n\n'))
}
