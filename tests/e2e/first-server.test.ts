import { test } from 'vitest'
import { connect } from '../../client/src/index.ts'
import { pythonArchive } from '../fixtures/python-archive/build.ts'
import { terminal } from '../integration/cli/terminal.ts'
import { atEachDoor } from './harness/doors.ts'
import { expect } from './harness/expect.ts'
import { openWindow } from './harness/open-window.ts'
import { withPythonMirror, withRealIndex } from './harness/user.ts'
import { environmentsScreen } from './screens/environments.ts'
import { playgroundScreen } from './screens/playground.ts'
import { serversScreen } from './screens/servers.ts'
import { shell } from './screens/shell.ts'

/** Milliseconds for what comes from the internet. */
const fetchingMs = 150_000

atEachDoor((door) => {
  test('from an empty data root to an answer of numpy, by clicks alone', async () => {
    const user = withRealIndex(terminal())
    const { python } = pythonArchive()
    const mirror = await withPythonMirror(user)
    const { page } = await openWindow({ door, user })
    const { go, dialog } = shell(page)
    const { server, start } = serversScreen(page)
    const environments = environmentsScreen(page)
    const step = (title: string) =>
      page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: title, exact: true }) })

    await expect(page.getByRole('heading', { level: 1, name: 'Welcome' })).toBeVisible()
    // The machine may have a Python of its own; this one is got from the catalog all the same.
    await go('Runtimes')
    await page.getByRole('button', { name: `Install Python ${python}` }).click()
    await expect(page.getByRole('button', { name: `Remove Python ${python}` })).toBeVisible({ timeout: fetchingMs })
    expect(mirror.requests.filter(({ status }) => status === 200)).toHaveLength(1)
    await go('Home')
    await expect(page.getByText('1 of 4 steps done')).toBeVisible()

    await step('Make the admin environment').getByRole('button', { name: 'Make it' }).click()
    await expect(page.getByText('2 of 4 steps done')).toBeVisible({ timeout: fetchingMs })

    await step('Make your first environment').getByRole('button', { name: 'New environment' }).click()
    await dialog('New environment').getByRole('textbox', { name: 'Name' }).fill('démo 1')
    await environments.name(dialog('New environment'), 'numpy')
    await dialog('New environment').getByRole('button', { name: 'Create' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'démo 1' })).toBeVisible({ timeout: fetchingMs })
    await expect(environments.package('numpy')).toBeVisible()

    await go('Servers')
    await start({ transport: 'HTTP', name: 'first', environment: 'démo 1' })
    await server('first').is('Running')
    await go('Playground')
    const { runs, result } = playgroundScreen(page)
    await runs('import numpy\nnumpy.arange(10).sum()', 'Done')
    await expect(result).toContainText('45')

    // And any program of this user can do the same.
    await using backend = await connect('first', { home: user.home })
    expect(backend.transport).toBe('http')
    expect(await backend.evaluate('import numpy\nint(numpy.arange(10).sum())')).toBe(45)

    await go('Servers')
    await server('first').button('Stop').click()
    await server('first').is('Stopped')
    await go('Home')
    await expect(page.getByText('All stopped')).toBeVisible()
  }, 600_000)
})
