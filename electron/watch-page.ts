import { app, dialog, Notification } from 'electron'
import type { BrowserWindow } from 'electron'
import { crashDecision } from './policy/crash.ts'
import { text } from './text.ts'

/** A page that crashes is opened again, with a word; one that keeps crashing is asked about. The host does not notice either. */
export function watchPage(window: BrowserWindow, log: (text: string) => void): void {
  const contents = window.webContents
  const crashes: number[] = []
  contents.on('render-process-gone', (_event, { reason, exitCode }) => {
    log(`window: the page ended: ${reason}, exit code ${exitCode}`)
    crashes.push(Date.now())
    const decision = crashDecision(reason, crashes, Date.now())
    if (decision === 'reload') {
      contents.reload()
      if (Notification.isSupported())
        new Notification({ title: text.crash.title, body: text.crash.body(reason) }).show()
    }
    if (decision === 'ask') void askAfterCrashes(window)
  })

  let question: AbortController | undefined
  window.on('unresponsive', () => {
    log('window: the page does not answer')
    question ??= new AbortController()
    void askUnresponsive(window, question.signal)
  })
  window.on('responsive', () => {
    log('window: the page answers again')
    question?.abort()
    question = undefined
  })
  contents.on('did-fail-load', (_event, code, description, url, isMainFrame) => {
    // -3: another load took its place.
    if (isMainFrame && code !== -3) log(`window: ${url} could not be loaded: ${description} (${code})`)
  })
  contents.on('preload-error', (_event, preload, error) => log(`window: ${preload}: ${error.message}`))
}

async function askAfterCrashes(window: BrowserWindow): Promise<void> {
  const { question: message, detail, reload, quit } = text.crash
  const buttons = [reload, quit]
  const { response } = await dialog.showMessageBox(window, { type: 'error', message, detail, buttons, noLink: true })
  if (response === 1) app.quit()
  else if (!window.isDestroyed()) window.webContents.reload()
}

async function askUnresponsive(window: BrowserWindow, signal: AbortSignal): Promise<void> {
  const { question: message, wait, reload } = text.unresponsive
  const options = { type: 'warning', message, buttons: [wait, reload], cancelId: 0, noLink: true, signal } as const
  const { response } = await dialog.showMessageBox(window, { ...options, buttons: [...options.buttons] })
  // A page that hangs cannot be told to load again; its process can be ended, and then it is.
  if (response === 1 && !window.isDestroyed()) window.webContents.forcefullyCrashRenderer()
}
