import { expect } from './harness/expect.ts'
import { test } from 'vitest'
import { terminal } from '../integration/cli/terminal.ts'
import { atEachDoor } from './harness/doors.ts'
import { openWindow } from './harness/open-window.ts'
import { serversScreen } from './screens/servers.ts'
import { shell } from './screens/shell.ts'

/** Milliseconds within which a person takes one thing for the consequence of another. The way takes about 100. */
const atOnce = 1000

atEachDoor((door) => {
  test('what the terminal does shows at once, and outlives a reload', async () => {
    const user = terminal()
    await user.json('init', '--from', 'system')
    const { page } = await openWindow({ door, user })
    const { go } = shell(page)
    const { server } = serversScreen(page)
    await go('Servers')
    await expect(page.getByText('No servers yet')).toBeVisible()

    await user.json('start', 'pipe', '--name', 'from afar', '--detach')
    await expect(server('from afar').card.getByText('Running', { exact: true })).toBeVisible({ timeout: atOnce })
    await page.reload()
    await server('from afar').is('Running')

    await user.json('stop', 'from afar')
    await expect(server('from afar').card.getByText('Stopped', { exact: true })).toBeVisible({ timeout: atOnce })
    await user.json('servers', 'remove', 'from afar')
    await expect(page.getByText('No servers yet')).toBeVisible({ timeout: atOnce })
  })

  test('what the window does is there for the terminal', async () => {
    const user = terminal()
    await user.json('init', '--from', 'system')
    const { page } = await openWindow({ door, user })
    const { go } = shell(page)
    const { server, start } = serversScreen(page)
    await go('Servers')
    await start({ transport: 'Pipe', name: 'héllo 1' })
    await server('héllo 1').is('Running')
    expect(await user.json('eval', 'héllo 1', 'sum(range(10))')).toMatchObject({ value: 45 })

    await server('héllo 1').button('Stop').click()
    await server('héllo 1').is('Stopped')
    expect(await user.json('servers', 'status', 'héllo 1')).toMatchObject({ state: 'stopped', pid: null })
    expect((await user.beep('endpoint', 'héllo 1')).code).toBe(1)
  })
})
