import type { BrowserContextOptions, Page } from '@playwright/test'
import { onTestFinished } from 'vitest'
import type { Running, Terminal } from '../../integration/cli/terminal.ts'
import { theBrowser } from './browser.ts'
import type { Door } from './doors.ts'
import { keepEvidence, watchComplaints } from './evidence.ts'
import type { Complaints } from './evidence.ts'

/** Milliseconds until a click or a wait fails: a deadline for what hangs, on a machine that may be small. */
const patienceMs = 30_000

/** The window of a user's host. */
export interface AppWindow extends Complaints {
  readonly door: Door
  readonly user: Terminal
  readonly page: Page
}

export interface WindowOptions {
  readonly user: Terminal
  /** What is to have happened before anybody looks. */
  readonly furnish?: (user: Terminal) => Promise<void>
}

/** Starts the host of a user and opens its window; both are closed, and proven to be gone, at the end of the test. */
export function openWindow({ door, ...options }: WindowOptions & { readonly door: Door }): Promise<AppWindow> {
  switch (door) {
    case 'browser':
      return openBrowserWindow(options)
  }
}

export interface BrowserWindow extends AppWindow {
  /** The program that serves the page. */
  readonly host: Running
}

export interface BrowserWindowOptions extends WindowOptions {
  readonly context?: BrowserContextOptions
}

/** The window at the browser door. */
export async function openBrowserWindow(options: BrowserWindowOptions): Promise<BrowserWindow> {
  const { user, furnish, context = {} } = options
  const { host, url } = await serve(user)
  await furnish?.(user)
  const page = await newPage(context)
  await keepEvidence(page, user.home)
  const complaints = watchComplaints(page)
  await enter(page, url)
  return { door: 'browser', user, page, host, ...complaints }
}

/** A host with its browser door open. */
export async function serve(user: Terminal, ...argv: readonly string[]): Promise<{ host: Running; url: string }> {
  const host = user.start(['serve', '--ui', '--json', ...argv])
  await host.said('"url"')
  return { host, url: (JSON.parse(host.stdout()) as { url: string }).url }
}

/** Opens an address with a ticket in it, and waits until the state of the host is on screen. */
export async function enter(page: Page, url: string): Promise<void> {
  await page.goto(url)
  await page.getByRole('heading', { level: 1 }).waitFor()
}

/** A page in a browser of its own. */
export async function newPage(options: BrowserContextOptions = {}): Promise<Page> {
  const browser = await theBrowser()
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options })
  context.setDefaultTimeout(patienceMs)
  onTestFinished(() => context.close())
  return context.newPage()
}
