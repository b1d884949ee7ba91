import { describe, expect, test } from 'vitest'
import { terminal } from '../../integration/cli/terminal.ts'
import { openDesktop, userWithPython } from './open-desktop.ts'

describe('the button in the corner of the window', () => {
  test('hides it in the tray, says so once, and the tray brings it back', async () => {
    const desktop = await openDesktop(terminal())
    await desktop.closeWindow()
    const hidden = await desktop.until('it is hidden', ({ windows }) => windows[0]?.isVisible === false)
    expect(hidden.notifications).toEqual([
      { title: 'Beep Python Host goes on in the tray', body: expect.stringContaining('Quit from the menu') as string },
    ])
    await desktop.tray.press()
    await desktop.until('it is back', ({ windows }) => windows[0]?.isVisible)
    await desktop.closeWindow()
    const again = await desktop.until('it is hidden again', ({ windows }) => windows[0]?.isVisible === false)
    expect(again.notifications).toHaveLength(1)
  })

  test('quits, if that is the setting, whoever has set it', async () => {
    const user = terminal()
    const desktop = await openDesktop(user)
    await user.beep('config', 'set', 'closeBehaviour', 'quit')
    await desktop.closeWindow()
    expect(await desktop.closed).toEqual({ code: 0, signal: null })
    expect(await user.json('status')).toMatchObject({ host: { running: false } })
  })

  test('asks, and remembers the answer for good', async () => {
    const user = terminal()
    await user.beep('config', 'set', 'closeBehaviour', 'ask')
    const desktop = await openDesktop(user)
    await desktop.closeWindow()
    const question = await desktop.dialogs.answer('Cancel')
    expect(question).toMatchObject({
      message: 'Close Beep Python Host, or let it go on in the background?',
      detail: 'Nothing is running.',
      buttons: ['Go on in the tray', 'Quit', 'Cancel'],
      checkbox: 'Always do this',
    })
    expect((await desktop.inspect()).windows).toMatchObject([{ isVisible: true }])

    await desktop.closeWindow()
    await desktop.dialogs.answer('Go on in the tray', true)
    await desktop.until('it is hidden', ({ windows }) => windows[0]?.isVisible === false)
    expect(await user.json('config', 'get', 'closeBehaviour')).toBe('hide')
  })

  test('never makes it vanish where there is no tray: with nothing to do it quits', async () => {
    const desktop = await openDesktop(terminal(), { hasTray: false })
    await desktop.closeWindow()
    expect(await desktop.closed).toEqual({ code: 0, signal: null })
  })

  test('never makes it vanish where there is no tray: with servers it asks', async () => {
    const user = await userWithPython()
    const desktop = await openDesktop(user, { hasTray: false })
    await user.beep('start', 'pipe', '--name', 'demo', '--detach')
    await desktop.closeWindow()
    expect(await desktop.dialogs.answer('Minimize')).toMatchObject({
      message: 'This desktop has no tray to go on in. Quit Beep Python Host?',
      detail: '1 server would end when it quits.',
      buttons: ['Minimize', 'Quit', 'Cancel'],
      checkbox: '',
    })
    await desktop.until('it is minimized', ({ windows }) => windows[0]?.isVisible && windows[0].isMinimized)
    await desktop.closeWindow()
    await desktop.dialogs.answer('Quit')
    await desktop.closed
    expect(user.processes()).toEqual([])
  })
})
