import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** Nothing but the page: no sandbox (tests may run as root), no GPU, none of the browser's own conversations with the world. */
export const chromiumArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

function found(): string | undefined {
  return [process.env['BEEP_TEST_CHROMIUM'], ...places].find(
    (place) => place !== undefined && place !== '' && existsSync(place),
  )
}

/** A Chromium of this machine; on Debian, as root, installed if there is none. Undefined, with the reason said aloud, elsewhere. */
export function chromiumPath(): string | undefined {
  const there = found()
  if (there !== undefined) return there
  try {
    if (process.getuid?.() === 0) {
      const options = { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } } as const
      execFileSync('apt-get', ['update'], options)
      execFileSync('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], options)
    }
  } catch (error) {
    console.warn(`Chromium could not be installed: ${String(error)}`)
  }
  const installed = found()
  if (installed === undefined)
    console.warn('SKIPPED: the tests in a browser. Install Chromium, or name one in BEEP_TEST_CHROMIUM.')
  return installed
}
