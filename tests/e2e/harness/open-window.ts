import type { BrowserContextOptions, Page } from '@playwright/test'
import { expect, onTestFinished } from 'vitest'
import type { Running, Terminal } from '../../integration/cli/terminal.ts'
import { launchDesktop } from '../desktop/launch.ts'
import type { Desktop } from '../desktop/launch.ts'
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
    case 'desktop':
      return openDesktopWindow(options)
  }
}

export interface DesktopWindow extends AppWindow {
  readonly desktop: Desktop
}

/** The window of the desktop app, which is the host itself. */
export async function openDesktopWindow({ user, furnish }: WindowOptions): Promise<DesktopWindow> {
  const { home, env } = user
  const desktop = await launchDesktop({ home, env, browser: await theBrowser() })
  onTestFinished(async () => {
    // Quitting stops every server, verified, and that is part of what each test shows.
    const ended = await desktop.quit().finally(() => desktop.close())
    expect(ended, desktop.output()).toEqual({ code: 0, signal: null })
  })
  const { page } = desktop
  page.context().setDefaultTimeout(patienceMs)
  await keepEvidence(page, home)
  const complaints = watchComplaints(page)
  await page.getByRole('heading', { level: 1 }).waitFor()
  if (furnish) {
    await furnish(user)
    await page.reload()
    await page.getByRole('heading', { level: 1 }).waitFor()
  }
  return { door: 'desktop', user, page, desktop, ...complaints }
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
