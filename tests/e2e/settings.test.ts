import { mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'vitest'
import type { Settings } from '../../contract/index.ts'
import { terminal } from '../integration/cli/terminal.ts'
import { serveIndex } from '../integration/environments/package-index.ts'
import { machineHasUv, writeFakeUv } from '../integration/environments/uv.ts'
import { noIndexSettings } from '../integration/environments/wheels.ts'
import { controlOf } from './harness/control.ts'
import { atEachDoor, atOneDoor } from './harness/doors.ts'
import { expect } from './harness/expect.ts'
import { openWindow } from './harness/open-window.ts'
import { shell } from './screens/shell.ts'
import type { ScreenName } from './screens/shell.ts'

/** Milliseconds: getting uv is a run of pip. */
const gettingMs = 90_000

const screens: readonly ScreenName[] = [
  'Home',
  'Runtimes',
  'Environments',
  'Servers',
  'Playground',
  'Logs',
  'Activity',
  'Settings',
]

atEachDoor((door) => {
  test('the theme is one for all screens, outlives the page, and is the same from every door', async () => {
    const { page, user } = await openWindow({ door, user: terminal() })
    const { go, theme } = shell(page)
    const scheme = page.locator('html')
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    await go('Settings')
    await page.getByRole('radiogroup', { name: 'Theme' }).getByText('Light', { exact: true }).click()
    await expect(scheme).toHaveAttribute('data-mantine-color-scheme', 'light')
    const light = await background()
    await theme('Dark')
    await expect(scheme).toHaveAttribute('data-mantine-color-scheme', 'dark')
    const dark = await background()
    expect(dark).not.toBe(light)
    for (const screen of screens) {
      await go(screen)
      expect(await background()).toBe(dark)
    }
    await page.reload()
    await page.getByRole('heading', { level: 1 }).waitFor()
    expect(await background()).toBe(dark)

    await using host = await controlOf(user.home)
    await expect.poll(async () => (await host.ask('settings.get', {})).theme).toBe('dark')
    await host.ask('settings.update', { theme: 'contrast' })
    await expect(scheme).toHaveAttribute('data-contrast', 'more')
    await host.ask('settings.update', { theme: 'light' })
    await expect(scheme).toHaveAttribute('data-mantine-color-scheme', 'light')
    await expect(scheme).not.toHaveAttribute('data-contrast', 'more')
  })

  test('what is set here is known to the host, what is set elsewhere is here at once, and nothing half is kept', async () => {
    const { page, user } = await openWindow({ door, user: terminal() })
    await using host = await controlOf(user.home)
    const settings = (): Promise<Settings> => host.ask('settings.get', {})
    await shell(page).go('Settings')
    const mirror = page.getByRole('textbox', { name: 'Mirror for Python downloads' })
    await mirror.fill('/mnt/pythons')
    expect(await settings()).toMatchObject({ pythonMirror: null })
    await mirror.press('Enter')
    await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible()
    expect(await settings()).toMatchObject({ pythonMirror: '/mnt/pythons' })

    await host.ask('settings.update', { pythonMirror: '/mnt/others' })
    await expect(mirror).toHaveValue('/mnt/others')

    // What is being typed is nobody's business until the field is left.
    await mirror.fill('/mnt/unfinished')
    await host.ask('settings.update', { installer: 'pip' })
    await expect(mirror).toHaveValue('/mnt/unfinished')
    expect(await settings()).toMatchObject({ pythonMirror: '/mnt/others', installer: 'pip' })
    await mirror.press('Escape')
    await expect(mirror).toHaveValue('/mnt/others')

    // What is saved for whoever helps is what was looked at.
    await shell(page).go('Home')
    await page.getByRole('button', { name: 'Save diagnostics…' }).click()
    const diagnostics = shell(page).dialog('Save diagnostics')
    await diagnostics.getByRole('tab', { name: 'settings.json' }).click()
    await expect(diagnostics.getByRole('group', { name: 'Text of settings.json' })).toContainText('"/mnt/others"')
    const saving = page.waitForEvent('download')
    await diagnostics.getByRole('button', { name: 'Save' }).click()
    const file = await saving
    expect(file.suggestedFilename()).toMatch(/^beep-diagnostics-.*\.zip$/u)
    expect(
      readFileSync(await file.path())
        .subarray(0, 4)
        .toString('latin1'),
    ).toBe('PK\x03\x04')
  })
})

atOneDoor('browser', (door) => {
  test.skipIf(machineHasUv)('uv is got, after a failure that says what to do, and removed again', async () => {
    const user = terminal()
    const packages = path.join(user.folder, 'packages')
    mkdirSync(packages)
    const { url } = await serveIndex(packages)
    Object.assign(user.env, noIndexSettings(), { PIP_INDEX_URL: url, PATH: path.join(user.folder, 'bin') })
    const { page } = await openWindow({ door, user })
    const main = page.getByRole('main')
    const button = (name: string) => main.getByRole('button', { name, exact: true })
    await shell(page).go('Settings')
    await expect(main.getByText(/^pip \S+ of Python \S+ is used$/u)).toBeVisible()
    await expect(button('Remove uv')).toHaveCount(0)
    await button('Get uv').click()
    const failure = main.getByRole('alert').filter({ hasText: 'Getting uv' })
    await expect(failure).toContainText('Nobody who was asked has a uv for this machine', {
      timeout: gettingMs,
    })

    writeFakeUv(packages, '0.9.2')
    await failure.getByRole('button', { name: 'Try again' }).click()
    await expect(main.getByText('uv 0.9.2 is used', { exact: true })).toBeVisible({ timeout: gettingMs })
    await expect(failure).toHaveCount(0)
    await expect(main.getByText(path.join(user.home, 'tools', 'uv', '0.9.2', 'bin', 'uv'))).toBeVisible()

    // From another door, and seen here at once.
    await using host = await controlOf(user.home)
    await host.done('installer.removeUv', {})
    await expect(button('Get uv')).toBeVisible()
    await button('Get uv').click()
    await button('Remove uv').click({ timeout: gettingMs })
    await expect(main.getByText(/^pip \S+ of Python \S+ is used$/u)).toBeVisible()
  })
})
