import { existsSync } from 'node:fs'
import path from 'node:path'
import { chromium } from '@playwright/test'
import type { Browser, Locator, Page } from '@playwright/test'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { connect } from '../../client/src/index.ts'
import { terminal } from '../integration/cli/terminal.ts'
import type { Terminal } from '../integration/cli/terminal.ts'
import { chromiumArguments, chromiumPath } from '../tools/chromium.ts'

const executablePath = chromiumPath()
const isBuilt = existsSync(path.resolve(import.meta.dirname, '../../dist/renderer/index.html'))
if (!isBuilt) console.warn('SKIPPED: the tests in a browser. The pages are not built: `npm run build`.')
const inBrowser = test.skipIf(executablePath === undefined || !isBuilt)

let browser: Browser | undefined
beforeAll(async () => {
  if (executablePath !== undefined && isBuilt)
    browser = await chromium.launch({ executablePath, args: chromiumArguments })
})
afterAll(() => browser?.close())

/** A host with its window open in a browser of its own; whatever the page complains about fails the test. */
async function openWindow(user: Terminal): Promise<Page> {
  const host = user.start(['serve', '--ui', '--json'])
  await host.said('"url"')
  const { url } = JSON.parse(host.stdout()) as { url: string }
  const context = await browser!.newContext({ viewport: { width: 1280, height: 800 } })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  onTestFinished(async () => {
    await context.close()
    expect(complaints).toEqual([])
  })
  await page.goto(url)
  await page.getByRole('heading', { level: 1 }).waitFor()
  return page
}

function card(page: Page, name: string): Locator {
  return page.getByRole('listitem').filter({ has: page.getByRole('heading', { name, exact: true }) })
}

inBrowser('from nothing to a running server, by clicks', async () => {
  const user = terminal()
  await user.beep('init', '--from', 'system')
  const page = await openWindow(user)

  await page.getByRole('navigation').getByRole('link', { name: 'Environments' }).click()
  await page.getByRole('button', { name: 'New environment' }).first().click()
  await page.getByRole('dialog').getByLabel('Name').fill('démo 1')
  await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click()
  // The dialog makes way for the environment that it made.
  await page.getByRole('dialog', { name: 'New environment' }).waitFor({ state: 'detached' })
  await page.getByRole('dialog', { name: 'Environment démo 1' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })

  await page.getByRole('navigation').getByRole('link', { name: 'Servers' }).click()
  await page.getByRole('button', { name: 'Start a server' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('Pipe', { exact: true }).click()
  await dialog.getByLabel('Name').fill('first')
  await dialog.getByLabel('Environment').first().click()
  await page.getByRole('option', { name: 'démo 1' }).click()
  await dialog.getByRole('button', { name: 'Start', exact: true }).click()
  await card(page, 'first').getByText('Running', { exact: true }).waitFor()

  await using python = await connect('first', { home: user.home })
  expect(await python.evaluate('sum(range(10))')).toBe(45)

  await card(page, 'first').getByRole('button', { name: 'Stop first' }).click()
  await card(page, 'first').getByText('Stopped', { exact: true }).waitFor()
  expect((await user.beep('endpoint', 'first')).code).toBe(1)
})

inBrowser('what the terminal does shows at once, and outlives a reload', async () => {
  const user = terminal()
  await user.beep('init', '--from', 'system')
  const page = await openWindow(user)
  await page.getByRole('navigation').getByRole('link', { name: 'Servers' }).click()

  await user.beep('start', 'pipe', '--name', 'from afar', '--detach')
  await card(page, 'from afar').getByText('Running', { exact: true }).waitFor()
  await page.reload()
  await card(page, 'from afar').getByText('Running', { exact: true }).waitFor()
  await user.beep('stop', 'from afar')
  await card(page, 'from afar').getByText('Stopped', { exact: true }).waitFor()
})
