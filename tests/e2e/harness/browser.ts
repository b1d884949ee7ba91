import { chromium } from '@playwright/test'
import type { Browser } from '@playwright/test'
import { afterAll } from 'vitest'
import { chromiumArguments, chromiumPath } from '../../tools/chromium.ts'

const executablePath = chromiumPath()
export const hasBrowser = executablePath !== undefined

let launched: Promise<Browser> | undefined
afterAll(async () => (await launched)?.close())

/** One Chromium for all tests of a file; each window has a context of its own, and with it its own cookies and storage. */
export function theBrowser(): Promise<Browser> {
  launched ??= chromium.launch({ executablePath: executablePath!, args: chromiumArguments })
  return launched
}
