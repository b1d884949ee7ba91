// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { setBridge } from '../../../../renderer/stores/call.ts'
import { useSettings } from '../../../../renderer/stores/settings.ts'
import { setTheme, startTheme, useTheme } from '../../../../renderer/stores/theme.ts'
import type { Theme } from '../../../../renderer/stores/theme.ts'
import { fakeBridge, snapshot } from '../fake-bridge.ts'

const shown = () => useTheme.getState().theme
const kept = () => JSON.parse(window.localStorage.getItem('beep-theme') ?? 'null') as unknown
const hostSays = (theme: Theme) => useSettings.setState({ settings: { ...snapshot(1).settings, theme } })

let stop = () => {}
let host = fakeBridge('open')
beforeEach(() => {
  host = fakeBridge('open')
  setBridge(host.bridge)
  useSettings.setState({ settings: undefined })
})
afterEach(() => {
  stop()
  setBridge(undefined)
  window.localStorage.clear()
  delete document.documentElement.dataset['theme']
})

describe('before the host has spoken', () => {
  it('it is what the host wrote into the page', () => {
    window.localStorage.setItem('beep-theme', '"light"')
    document.documentElement.dataset['theme'] = 'dark'
    stop = startTheme()
    expect(shown()).toBe('dark')
    expect(kept()).toBe('dark')
  })

  it('else what this browser saw last, else the system’s', () => {
    window.localStorage.setItem('beep-theme', '"contrast"')
    stop = startTheme()
    expect(shown()).toBe('contrast')
    stop()
    window.localStorage.setItem('beep-theme', '"polka dots"')
    stop = startTheme()
    expect(shown()).toBe('system')
  })
})

describe('a choice', () => {
  it('shows at once, and what the host still says of before does not undo it', async () => {
    stop = startTheme()
    hostSays('light')
    const first = setTheme('dark')
    const second = setTheme('contrast')
    expect(shown()).toBe('contrast')
    const [asked] = host.asked
    expect(asked).toMatchObject({ name: 'settings.update', params: { theme: 'dark' } })
    await host.next('settings.update').ok(undefined)
    hostSays('dark')
    expect(shown()).toBe('contrast')
    await host.next('settings.update').ok(undefined)
    hostSays('contrast')
    expect(shown()).toBe('contrast')
    await Promise.all([first, second])
    // From then on other doors are followed again.
    hostSays('light')
    expect(shown()).toBe('light')
    expect(kept()).toBe('light')
  })

  it('that the host does not take is told, and the setting shows again', async () => {
    stop = startTheme()
    hostSays('light')
    const choice = setTheme('dark')
    expect(shown()).toBe('dark')
    await host.next('settings.update').fail({ code: 'DISK_FULL', message: 'no room' })
    await expect(choice).rejects.toMatchObject({ code: 'DISK_FULL' })
    expect(shown()).toBe('light')
    hostSays('contrast')
    expect(shown()).toBe('contrast')
  })
})
