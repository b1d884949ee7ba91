import { expect } from '../harness/expect.ts'
import type { Locator, Page } from '@playwright/test'

export type Outcome = 'Done' | 'Failed' | 'Cancelled' | 'Interrupted' | 'Waiting for input'

export interface SessionFields {
  readonly name: string
  readonly isOwnProcess?: boolean
}

export interface PlaygroundScreen {
  readonly editor: Locator
  readonly write: (code: string) => Promise<void>
  readonly run: Locator
  readonly interrupt: Locator
  /** Everything about the last run: state, output, value, failure. */
  readonly result: Locator
  /** The choice of a session. */
  readonly session: Locator
  readonly chooseSession: (name: string | RegExp) => Promise<void>
  /** Opens a session by its dialog, and waits until it is chosen. */
  readonly openSession: (fields: SessionFields) => Promise<void>
  /** The field for what the code asks. */
  readonly asked: (prompt: string) => Locator
  /** Waits for how a run stands, or has ended. */
  readonly ended: (outcome: Outcome) => Promise<void>
  /** Writes code, runs it, and waits for how it ends. */
  readonly runs: (code: string, outcome: Outcome) => Promise<void>
}

export function playgroundScreen(page: Page): PlaygroundScreen {
  const editor = page.getByRole('textbox', { name: 'Python code' })
  const run = page.getByRole('button', { name: 'Run', exact: true })
  const interrupt = page.getByRole('button', { name: 'Interrupt the code' })
  const session = page.getByRole('combobox', { name: 'Session' })
  const result = page.getByRole('region', { name: 'Result' })
  const write = async (code: string) => {
    await editor.click()
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.insertText(code)
  }
  const ended = (outcome: Outcome) =>
    expect(result.getByRole('status').getByText(outcome, { exact: true })).toBeVisible()
  const chooseSession = async (name: string | RegExp) => {
    await session.click()
    await page.getByRole('option', { name }).click()
  }
  return {
    editor,
    write,
    run,
    interrupt,
    result,
    session,
    chooseSession,
    async openSession({ name, isOwnProcess = false }) {
      await chooseSession('New session…')
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('textbox', { name: 'Name' }).fill(name)
      if (isOwnProcess) await dialog.getByRole('switch', { name: 'A process of its own' }).check()
      await dialog.getByRole('button', { name: 'Open the session' }).click()
      await expect(dialog).toHaveCount(0)
      await expect(session).toHaveValue(new RegExp(`^${name} `, 'u'))
    },
    asked: (prompt) => result.getByLabel(prompt),
    ended,
    async runs(code, outcome) {
      await write(code)
      await run.click()
      await ended(outcome)
    },
  }
}
