import { expect } from './harness/expect.ts'
import { test } from 'vitest'
import { terminal } from '../integration/cli/terminal.ts'
import { eventually } from '../tools/eventually.ts'
import { layCable } from './harness/cable.ts'
import { atDoor } from './harness/doors.ts'
import { enter, openBrowserWindow, serve } from './harness/open-window.ts'
import { serversScreen } from './screens/servers.ts'
import { shell } from './screens/shell.ts'

/** What a browser says by itself of a connection that fails. */
const connectionFailed = /WebSocket connection to|net::ERR_|Failed to load resource/u

// The desktop window and its host are one program: between them nothing can be lost.
atDoor('browser', () => {
  test('a connection that drops loses nothing: what happened meanwhile is there as soon as it is back', async () => {
    const user = terminal()
    await user.json('init', '--from', 'system')
    await user.json('start', 'pipe', '--name', 'before', '--detach')
    await user.json('stop', 'before')
    const cable = await layCable()
    const { page, expected } = await openBrowserWindow({ user, context: { proxy: cable.proxy } })
    expected(connectionFailed)
    const { go, link, banner } = shell(page)
    const { server } = serversScreen(page)
    await go('Servers')
    await server('before').is('Stopped')
    expect(cable.connections()).toBe(1)

    cable.unplug()
    await expect(link('Connection lost')).toBeVisible()
    await expect(banner).toContainText('The connection to the host is lost')
    // The last known state stays in sight under the banner.
    await server('before').is('Stopped')

    await user.json('start', 'before', '--detach')
    await user.json('start', 'pipe', '--name', 'meanwhile', '--detach')
    await user.json('stop', 'before')
    await user.json('servers', 'remove', 'before')
    cable.plug()
    await expect(link('Connected')).toBeVisible()
    await expect(banner).toHaveCount(0)
    await server('meanwhile').is('Running')
    await expect(server('before').card).toHaveCount(0)

    // And it goes on from there.
    await server('meanwhile').button('Stop').click()
    await server('meanwhile').is('Stopped')
  })

  test('an event that never arrived is noticed by the next one, and nothing stale stays on screen', async () => {
    const user = terminal()
    await user.json('init', '--from', 'system')
    const { page } = await openBrowserWindow({ user })
    let isDeaf = false
    let snapshots = 0
    await page.routeWebSocket(/./u, (socket) => {
      const host = socket.connectToServer()
      socket.onMessage((message) => {
        if (String(message).includes('"host.snapshot"')) snapshots += 1
        host.send(message)
      })
      host.onMessage((message) => {
        if (!isDeaf || !String(message).startsWith('{"events"')) socket.send(message)
      })
    })
    await page.reload()
    const { go, link } = shell(page)
    const { server } = serversScreen(page)
    await go('Servers')
    await expect(link('Connected')).toBeVisible()
    await user.json('start', 'pipe', '--name', 'first', '--detach')
    await server('first').is('Running')
    expect(snapshots).toBe(1)

    isDeaf = true
    await user.json('stop', 'first')
    await eventually(
      'the host says so',
      async () => (await user.json<{ state: string }>('servers', 'status', 'first')).state === 'stopped',
    )
    await server('first').is('Running')
    isDeaf = false
    await user.json('start', 'pipe', '--name', 'second', '--detach')
    await server('second').is('Running')
    await server('first').is('Stopped')
    expect(snapshots).toBe(2)
  })

  test('a host that is killed: a word over every screen, and its successor takes the same window up', async () => {
    const user = terminal()
    await user.json('init', '--from', 'system')
    const { page, host, expected } = await openBrowserWindow({ user })
    expected(connectionFailed)
    const port = new URL(page.url()).port
    const { go, link, banner } = shell(page)
    const { server } = serversScreen(page)
    await user.json('start', 'pipe', '--name', 'survivor', '--detach')
    await go('Servers')
    await server('survivor').is('Running')

    host.child.kill('SIGKILL')
    await host.ended
    await expect(link('Connection lost')).toBeVisible()
    await expect(banner).toContainText('beep-host serve --ui')
    await go('Settings')
    await expect(banner).toBeVisible()
    await go('Servers')

    // Its server has died with it: that is told, and is on the old page as soon as another tab has the new address.
    const next = await serve(user, '--port', port)
    const tab = await page.context().newPage()
    await enter(tab, next.url)
    await expect(link('Connected')).toBeVisible()
    await expect(banner).toHaveCount(0)
    await expect(server('survivor').card).not.toContainText('Running')
    await server('survivor').button('Start').click()
    await server('survivor').is('Running')
  })
})
