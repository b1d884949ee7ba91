import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { expect, onTestFinished } from 'vitest'

const kept = path.resolve(import.meta.dirname, '../../../.cache/e2e')

/** What a page complains about in its console. */
export interface Complaints {
  /** From now on, errors like this one are what the test is about. */
  readonly expected: (pattern: RegExp) => void
}

/** Whatever the page complains about fails the test, except what it says to expect. */
export function watchComplaints(page: Page): Complaints {
  const complaints: string[] = []
  const expected: RegExp[] = []
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.stack ?? error.message))
  onTestFinished(() => {
    expect(complaints.filter((complaint) => !expected.some((pattern) => pattern.test(complaint)))).toEqual([])
  })
  return { expected: (pattern) => void expected.push(pattern) }
}

/** Of a test that fails: a picture, what a screen reader would read, a trace, and the host's own log, in `.cache/e2e/<test>`. */
export async function keepEvidence(page: Page, home: string): Promise<void> {
  const { tracing } = page.context()
  await tracing.start({ snapshots: true })
  const folder = path.join(kept, (expect.getState().currentTestName ?? 'test').replaceAll(/[^\w.-]+/gu, '-'))
  rmSync(folder, { recursive: true, force: true })
  onTestFinished(async ({ task }) => {
    if (task.result?.state !== 'fail') return void (await tracing.stop().catch(() => {}))
    mkdirSync(folder, { recursive: true })
    const write = (name: string, text: string) => writeFileSync(path.join(folder, name), text)
    const attempts = [
      tracing.stop({ path: path.join(folder, 'trace.zip') }),
      page.screenshot({ path: path.join(folder, 'page.png') }),
      page
        .locator('body')
        .ariaSnapshot()
        .then((text) => write('page.yml', text)),
      readFile(path.join(home, 'logs', 'host.log'), 'utf8').then((text) => write('host.log', text)),
    ]
    // The page may be what has died; the rest is worth having without it.
    await Promise.allSettled(attempts)
    console.error(`Kept: ${path.relative(process.cwd(), folder)}`)
  })
}
