import { expect } from './harness/expect.ts'
import { test } from 'vitest'
import { terminal } from '../integration/cli/terminal.ts'
import { controlOf } from './harness/control.ts'
import { atEachDoor, atOneDoor } from './harness/doors.ts'
import { atStartOfPython, holdPort, noLicence } from './harness/faults.ts'
import { openWindow } from './harness/open-window.ts'
import { localUser } from './harness/user.ts'
import { serversScreen } from './screens/servers.ts'
import { shell } from './screens/shell.ts'

atEachDoor((door) => {
  test('a server: made, changed while it runs, restarted, removed', async () => {
    const user = await localUser()
    await user.json('init', '--from', 'system')
    await user.json('venv', 'create', 'first')
    await user.json('venv', 'create', 'other')
    const { page } = await openWindow({ door, user })
    const { go } = shell(page)
    const { server, start, fillIn, openLimits, dialog } = serversScreen(page)
    await go('Servers')
    await start({ transport: 'Pipe', name: 'demo', environment: 'first' })
    await server('demo').is('Running')
    await expect(server('demo').card).toContainText('first')

    await server('demo').choose('Edit…')
    await expect(dialog).toContainText('demo is running')
    await fillIn({ environment: 'other' })
    await dialog.getByRole('textbox', { name: 'Workers' }).fill('2')
    await openLimits()
    await dialog.getByRole('textbox', { name: 'Time for a request' }).fill('0.2')
    await dialog.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(dialog).toHaveCount(0)
    await expect(server('demo').card).toContainText('Changed: taken up by the next start')
    await server('demo').button('Restart').click()
    await expect(server('demo').card).not.toContainText('Changed')
    await server('demo').is('Running')
    await expect(server('demo').card.getByRole('list', { name: 'Each worker' })).toContainText('Worker 2: idle')
    const where = await user.json('eval', 'demo', 'import sys; sys.prefix')
    expect(where).toMatchObject({ value: expect.stringMatching(/other$/u) })
    const late = await user.beep('eval', 'demo', 'while True: pass')
    expect(late.stderr).toContain('0.2')

    await server('demo').choose('Variables')
    const variables = dialog.getByRole('table', { name: 'Variables of demo' })
    await dialog.getByRole('textbox', { name: 'Search' }).fill('virtual_env')
    await expect(variables.getByRole('row')).toHaveCount(2)
    await expect(variables.getByRole('row', { name: 'VIRTUAL_ENV' })).toContainText('other')
    await dialog.getByRole('button', { name: 'Close' }).click()
    await expect(dialog).toHaveCount(0)

    await server('demo').button('Stop').click()
    await server('demo').is('Stopped')
    await server('demo').choose('Remove…')
    await dialog.getByRole('button', { name: 'Remove demo' }).click()
    await expect(page.getByText('No servers yet')).toBeVisible()
    expect(await user.json('servers', 'list')).toEqual([])
  })
})

atOneDoor('desktop', (door) => {
  test('a Python that does not start: why, with what it said last; mended it does; and one that dies tries again until it is given up', async () => {
    const user = terminal()
    await user.json('init', '--from', 'system')
    const { root } = await user.json<{ root: string }>('venv', 'create', 'vendor')
    const mend = atStartOfPython(root, noLicence)
    const { page } = await openWindow({ door, user })
    const { go } = shell(page)
    const { server, start, dialog } = serversScreen(page)
    await go('Servers')
    await start({ transport: 'Pipe', name: 'licensed', environment: 'vendor' })
    await expect(dialog.getByRole('alert')).toContainText('no licence file at /opt/vendor/licence.dat')
    await dialog.getByRole('button', { name: 'Cancel' }).click()

    const { card } = server('licensed')
    await server('licensed').is('Failed')
    await expect(card.getByRole('alert')).toContainText('exit code 7')
    await card.getByRole('button', { name: 'Show evidence' }).click()
    await expect(card.getByRole('group', { name: 'Evidence' })).toContainText('LicenceError')

    mend()
    await server('licensed').button('Start').click()
    await server('licensed').is('Running')
    await expect(card.getByRole('alert')).toHaveCount(0)

    atStartOfPython(root, noLicence)
    const { pid } = await user.json<{ pid: number }>('servers', 'status', 'licensed')
    process.kill(pid, 'SIGKILL')
    await server('licensed').is('Starts again')
    await expect(card.getByText(/^Next try (?:in \d+ s|now) \(\d of 5\)$/u)).toBeVisible()
    // Whichever of the waits it is by now: they grow.
    await server('licensed').button('Give up').click()
    await server('licensed').is('Stopped')
    const { restarts } = await user.json<{ restarts?: object }>('servers', 'status', 'licensed')
    expect(restarts).toBeUndefined()
  })

  test('a start that takes too long for its user is called off, and leaves nothing behind', async () => {
    const user = terminal()
    await user.json('init', '--from', 'system')
    const { root } = await user.json<{ root: string }>('venv', 'create', 'slow')
    atStartOfPython(root, 'import time; time.sleep(600)\n')
    const { page } = await openWindow({ door, user })
    const { go } = shell(page)
    const { server, start, dialog } = serversScreen(page)
    await go('Servers')
    await start({ transport: 'Pipe', name: 'patience', environment: 'slow' })
    await dialog.getByRole('button', { name: 'Go on in the background' }).click()
    await server('patience').is('Starting')
    await server('patience').button('Cancel the start').click()
    await server('patience').is('Stopped')
    expect(await user.json('servers', 'status', 'patience')).toMatchObject({ state: 'stopped', processes: [] })
  })
})

atOneDoor('browser', (door) => {
  test('a port that somebody has: who it is, and another one by one click', async () => {
    const user = await localUser()
    await user.json('init', '--from', 'system')
    const { page } = await openWindow({
      door,
      user,
      async furnish({ home }) {
        await using host = await controlOf(home)
        await host.done('environments.ensureAdmin', {})
      },
    })
    const { port } = await holdPort()
    const { go } = shell(page)
    const { server, start, dialog } = serversScreen(page)
    await go('Servers')
    await start({ transport: 'HTTP', name: 'web', port })
    await expect(dialog.getByRole('alert')).toContainText(`process ${process.pid}`)
    await dialog.getByRole('button', { name: 'Cancel' }).click()

    const { card } = server('web')
    await expect(card.getByRole('alert')).toContainText(`Port ${port} is taken`)
    await expect(card.getByRole('alert')).toContainText(`process ${process.pid}`)
    await card.getByRole('button', { name: 'Use another port' }).click()
    await server('web').is('Running')
    expect(await user.json('eval', 'web', '6 * 7')).toMatchObject({ value: 42 })
  })
})
