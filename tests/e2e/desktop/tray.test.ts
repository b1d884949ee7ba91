import { expect, test } from 'vitest'
import { terminal } from '../../integration/cli/terminal.ts'
import type { Desktop } from './launch.ts'
import { openDesktop, userWithPython } from './open-desktop.ts'
import type { MenuView } from './views.ts'

const labels = (items: readonly MenuView[] = []) => items.filter(({ type }) => type !== 'separator')
const itemsOf = (items: readonly MenuView[], name: string) =>
  labels(items.find(({ label }) => label.startsWith(`${name} `))?.items)
const stateOf = async ({ tray }: Desktop, name: string) =>
  (await tray.view())?.menu.find(({ label }) => label.startsWith(`${name} `))?.label

test('a server is started and stopped from the tray, and the tray tells how it goes', async () => {
  const user = await userWithPython()
  const desktop = await openDesktop(user)
  const tray = await desktop.tray.there()
  expect(tray.icon).toBe('idle-on-light.png')
  expect(tray.tooltip).toBe('Beep Python Host: no server is running')
  expect(labels(tray.menu).map(({ label }) => label)).toEqual([
    'Open Beep Python Host',
    'No servers yet',
    'Start all servers',
    'Stop all servers',
    'Recent errors',
    'Settings…',
    'Quit',
  ])

  await user.beep('start', 'pipe', '--name', 'démo & co', '--detach')
  // What the terminal did is there when the terminal says so.
  const running = (await desktop.tray.view())!
  expect(running.icon).toBe('running-on-light.png')
  expect(running.tooltip).toBe('Beep Python Host: 1 server running')
  const name = 'démo && co'
  expect(itemsOf(running.menu, name).map(({ label, enabled }) => [label, enabled])).toEqual([
    [expect.stringMatching(/^Running · pipe · \//u), false],
    ['Start', false],
    ['Stop', true],
    ['Restart', true],
    ['Copy its endpoint', true],
    ['Show in the window', true],
  ])

  await desktop.tray.click(name, 'Copy its endpoint')
  const { path } = await user.json<{ path: string }>('endpoint', 'démo & co')
  expect((await desktop.inspect()).clipboard).toBe(path)

  await desktop.tray.click(name, 'Stop')
  await desktop.until('it has stopped', ({ tray: now }) => now?.icon === 'idle-on-light.png')
  expect(await stateOf(desktop, name)).toBe(`${name} — stopped`)
  expect(await user.json('status')).toMatchObject({ servers: [{ name: 'démo & co', state: 'stopped' }] })

  await desktop.tray.click(name, 'Start')
  await desktop.until(
    'it runs',
    ({ tray: now }) => now?.icon === 'running-on-light.png' && now.tooltip.endsWith('running'),
  )
  await expect.poll(async () => stateOf(desktop, name)).toBe(`${name} — running`)
  await desktop.tray.click('Stop all servers')
  await desktop.until('all have stopped', ({ tray: now }) => now?.icon === 'idle-on-light.png')
  expect(labels((await desktop.tray.view())?.menu).find(({ label }) => label === 'Stop all servers')?.enabled).toBe(
    false,
  )
})

test('a server that fails is told by the icon, among the errors, and by a notification', async () => {
  const user = await userWithPython()
  const desktop = await openDesktop(user, { args: ['--hidden'] })
  await user.beep('start', 'pipe', '--name', 'demo', '--restart', 'never', '--detach')
  const { servers } = await user.json<{ servers: { pid: number }[] }>('status')
  process.kill(servers[0]!.pid, 'SIGKILL')
  const { tray } = await desktop.until('the icon tells', (view) => view.tray?.icon === 'problem-on-light.png')
  expect(tray?.tooltip).toBe('Beep Python Host: 1 server failed')
  const [error] = tray?.menu.find(({ label }) => label === 'Recent errors')?.items ?? []
  expect(error?.label).toMatch(/^demo: /u)
  expect((await desktop.inspect()).notifications).toEqual([
    { title: 'demo failed', body: expect.stringMatching(/\w/u) as string },
  ])

  await desktop.tray.click('Recent errors', error!.label)
  await desktop.until('the window shows it', ({ windows }) => windows[0]?.url === 'app://beep/index.html#/servers/demo')
  await desktop.tray.click('demo', 'Start')
  const after = await desktop.until('it runs again', (view) => view.tray?.icon === 'running-on-light.png')
  expect(after.tray?.menu.find(({ label }) => label === 'Recent errors')?.items).toMatchObject([{ label: 'None' }])
})

test('the icon stands out from a dark panel, and is not touched when nothing changes', async () => {
  const user = terminal()
  const desktop = await openDesktop(user, { env: { XDG_CURRENT_DESKTOP: 'ubuntu:GNOME' } })
  expect((await desktop.tray.there()).icon).toBe('idle-on-dark.png')
  const { trayChanges } = await desktop.inspect()
  await user.beep('config', 'set', 'serverLogBytes', '100000')
  await desktop.until('the change has arrived', () => user.json('config', 'get', 'serverLogBytes'))
  expect((await desktop.inspect()).trayChanges).toBe(trayChanges)
})

test('an icon waits for a panel that comes later', async () => {
  const desktop = await openDesktop(terminal(), { hasTray: false })
  expect(await desktop.tray.view()).toBeNull()
  desktop.setTrayHost(true)
  await desktop.tray.there()
})
