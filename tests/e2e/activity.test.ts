import { test } from 'vitest'
import { terminal } from '../integration/cli/terminal.ts'
import { controlOf } from './harness/control.ts'
import { atOneDoor } from './harness/doors.ts'
import { expect } from './harness/expect.ts'
import { atStartOfPython } from './harness/faults.ts'
import { openWindow } from './harness/open-window.ts'
import { localUser } from './harness/user.ts'
import { shell } from './screens/shell.ts'

atOneDoor('browser', (door) => {
  test('a job that failed says why, and is done again by one click once it can be', async () => {
    const user = await localUser()
    await user.json('init', '--from', 'system')
    await user.json('venv', 'create', 'demo')
    const { page } = await openWindow({ door, user })
    await shell(page).go('Activity')
    await using host = await controlOf(user.home)
    await host.fails('packages.install', { name: 'demo', packages: ['late-comer'] })
    const row = page.getByRole('listitem').filter({ hasText: 'Install packages' })
    await expect(row).toHaveCount(1)
    await expect(row).toContainText('Failed')
    await expect(row).toContainText('late-comer')

    user.publish({ name: 'late-comer', version: '1.0' })
    await row.getByRole('button', { name: /^Try again: Install packages/u }).click()
    await expect(row).toHaveCount(2)
    await expect(row.first()).toContainText('Done')
    expect(await host.ask('packages.list', { name: 'demo' })).toEqual([{ name: 'late-comer', version: '1.0' }])
  })

  test('a job that runs is called off from here, whoever began it', async () => {
    const user = terminal()
    await user.json('init', '--from', 'system')
    const { root } = await user.json<{ root: string }>('venv', 'create', 'slow')
    const { page } = await openWindow({ door, user })
    await using host = await controlOf(user.home)
    atStartOfPython(root, 'import time; time.sleep(600)\n')
    const { id } = await host.begin('servers.start', { name: 'patience', transport: 'pipe', environment: 'slow' })
    // It is told from every screen, and the way to it is one click.
    await page.getByRole('button', { name: '1 job running' }).click()
    await page.getByRole('link', { name: 'All activity' }).click()
    const row = page.getByRole('listitem').filter({ hasText: 'Start a server' })
    await expect(row).toContainText('Running')
    await row.getByRole('button', { name: /^Cancel: Start a server/u }).click()
    await expect(row).toContainText('Cancelled')
    expect(await host.ask('jobs.get', { id })).toMatchObject({ state: 'cancelled' })
    expect(await host.ask('servers.get', { name: 'patience' })).toMatchObject({ state: 'stopped' })
  })
})
