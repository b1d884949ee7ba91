import { expect } from '../harness/expect.ts'
import type { Locator, Page } from '@playwright/test'

export type Outcome = 'Done' | 'Failed' | 'Cancelled'

export interface PlaygroundScreen {
  readonly editor: Locator
  readonly write: (code: string) => Promise<void>
  readonly run: Locator
  readonly cancel: Locator
  /** Everything about the last run: state, output, value, failure. */
  readonly result: Locator
  /** Waits for how a run ends. */
  readonly ended: (outcome: Outcome) => Promise<void>
  /** Writes code, runs it, and waits for how it ends. */
  readonly runs: (code: string, outcome: Outcome) => Promise<void>
}

export function playgroundScreen(page: Page): PlaygroundScreen {
  const editor = page.getByRole('textbox', { name: 'Python code' })
  const run = page.getByRole('button', { name: 'Run', exact: true })
  const cancel = page.getByRole('button', { name: 'Cancel the run' })
  const result = page.getByRole('region', { name: 'Result' })
  const write = async (code: string) => {
    await editor.click()
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.insertText(code)
  }
  const ended = (outcome: Outcome) =>
    expect(result.getByRole('status').getByText(outcome, { exact: true })).toBeVisible()
  return {
    editor,
    write,
    run,
    cancel,
    result,
    ended,
    async runs(code, outcome) {
      await write(code)
      await run.click()
      await ended(outcome)
    },
  }
}
