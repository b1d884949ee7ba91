import { expect, test } from 'vitest'
import { terminal } from '../../integration/cli/terminal.ts'
import { logged } from '../harness/host-log.ts'
import { openDesktop, userWithPython } from './open-desktop.ts'

test('a second start shows the window of the first, and what it was started for', async () => {
  const user = terminal()
  const first = await openDesktop(user)
  await first.closeWindow()
  await first.until('it is hidden', ({ windows }) => windows[0]?.isVisible === false)

  const second = await openDesktop(user)
  expect(await second.closed).toEqual({ code: 0, signal: null })
  await first.until('it is shown', ({ windows }) => windows[0]?.isVisible)

  const third = await openDesktop(user, { args: ['beep-python://servers/d%C3%A9mo%201'] })
  await third.closed
  await first.until('the link is shown', ({ windows }) => windows[0]?.url.endsWith('#/servers/d%C3%A9mo%201'))
  const fourth = await openDesktop(user, { args: ['beep-python://settings/../../etc', '--hidden'] })
  await fourth.closed
  await logged(user, /link: refused "beep-python:/u)
  expect((await first.inspect()).windows).toHaveLength(1)
})

test('two data roots have an app each', async () => {
  const [one, two] = [terminal(), terminal()]
  const first = await openDesktop(one)
  const second = await openDesktop(two)
  const running = async (user: typeof one) => (await user.json<{ host: { pid: number } }>('status')).host.pid
  expect([await running(one), await running(two)]).toEqual([first.pid, second.pid])
})

test('a link that starts the app is shown at once, even when it starts hidden', async () => {
  const desktop = await openDesktop(terminal(), { args: ['--hidden', 'beep-python://environments/demo'] })
  await desktop.until('the link is shown', ({ windows }) => windows[0]?.url.endsWith('#/environments/demo'))
  await desktop.act({ kind: 'open-url', url: 'beep-python://logs/demo' })
  await desktop.until('the next one is shown', ({ windows }) => windows[0]?.url.endsWith('#/logs/demo'))
})

test('started hidden, it is in the tray and nowhere else', async () => {
  const desktop = await openDesktop(terminal(), { args: ['--hidden'] })
  expect(await desktop.inspect()).toMatchObject({ windows: [], tray: { icon: 'idle-on-light.png' } })
  await desktop.act({ kind: 'activate' })
  await desktop.until('it is shown', ({ windows }) => windows[0]?.isVisible)
})

test('where another host has the data root, the user says what to do', async () => {
  const user = await userWithPython()
  const other = user.start(['serve', '--json'])
  await other.said('"pid"')
  await user.beep('start', 'pipe', '--name', 'demo', '--detach')

  // Nobody looks at a hidden start.
  const hidden = await openDesktop(user, { args: ['--hidden'] })
  expect(await hidden.closed).toEqual({ code: 0, signal: null })

  const visitor = await openDesktop(user)
  const question = await visitor.dialogs.next()
  expect(question.message).toBe(`Another host is already running on this data root (pid ${other.child.pid}).`)
  expect(question.detail).toContain(user.home)
  await visitor.dialogs.answer('Quit')
  expect(await visitor.closed).toEqual({ code: 0, signal: null })

  const heir = await openDesktop(user)
  await heir.dialogs.answer('End it and go on here')
  await heir.until('it is the host', ({ windows }) => windows[0]?.url.startsWith('app://'))
  expect((await other.ended).code).toBe(0)
  expect(await user.json('status')).toMatchObject({
    host: { pid: heir.pid },
    servers: [{ name: 'demo', state: 'stopped' }],
  })
})

test('the other host is looked at in the browser', async () => {
  const user = terminal()
  const other = user.start(['serve', '--json'])
  await other.said('"pid"')
  const visitor = await openDesktop(user)
  await visitor.dialogs.answer('Open its window in the browser')
  expect(await visitor.closed).toEqual({ code: 0, signal: null })
  expect(visitor.last()?.opened).toEqual([expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/\?ticket=/u)])
})
