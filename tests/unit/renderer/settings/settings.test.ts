// @vitest-environment happy-dom
import { createElement } from 'react'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { resetOf, settingsChangeSchema } from '../../../../contract/index.ts'
import type { Network } from '../../../../contract/index.ts'
import { aboutFacts } from '../../../../renderer/features/settings/about.tsx'
import { SettingsView } from '../../../../renderer/features/settings/settings-view.tsx'
import { applyEvent, applySnapshot } from '../../../../renderer/stores/apply.ts'
import { setBridge } from '../../../../renderer/stores/call.ts'
import { useHost } from '../../../../renderer/stores/host.ts'
import { fakeBridge, snapshot } from '../fake-bridge.ts'
import { click, isThere, lets, mount } from '../mount.ts'

const { host: info, settings } = snapshot(0)
const network: Network = {
  offline: false,
  proxy: {
    mode: 'system',
    origin: 'none',
    https: null,
    http: null,
    hasCredentials: false,
    noProxy: [],
    notes: [],
    script: { address: 'http://wpad/p.pac', isFollowed: false, text: 'Name the proxy: `do it`.' },
  },
  certificates: { builtIn: 3, system: 0, extra: [], environment: [] },
  pythonMirrors: [],
  packageIndexes: [],
}

describe('the settings screen', () => {
  let host: ReturnType<typeof fakeBridge>
  let unmount = () => Promise.resolve()

  beforeEach(async () => {
    host = fakeBridge('open')
    setBridge(host.bridge)
    applySnapshot(snapshot(0))
  })
  afterEach(async () => {
    await unmount()
    useHost.setState({ link: 'connecting' })
  })
  const show = async () => {
    unmount = await mount(createElement(SettingsView, { item: undefined }))
  }
  const startAtLogin = () =>
    Array.from(document.querySelectorAll<HTMLInputElement>('input[type="checkbox"]')).find((input) =>
      document.getElementById(input.getAttribute('aria-labelledby') ?? '')?.textContent.includes('Start at login'),
    )!

  it('sends one change by itself, shows it at once, and says when it is saved', async () => {
    await show()
    await lets(() => startAtLogin().click())
    expect(startAtLogin().checked).toBe(true)
    const asked = host.next('settings.update')
    expect(asked.params).toEqual({ startAtLogin: true })
    await lets(() => asked.ok({ ...settings, startAtLogin: true }))
    expect(startAtLogin().checked).toBe(true)
    expect(isThere('Saved')).toBe(true)
    // Another door has the last word.
    await lets(() => applyEvent({ revision: 1, name: 'settings.changed', payload: { settings } }))
    expect(startAtLogin().checked).toBe(false)
  })

  it('what the host does not take is told at the field, and can be taken back', async () => {
    await show()
    await lets(() => startAtLogin().click())
    await lets(() => host.next('settings.update').fail({ code: 'DISK_FULL', message: 'No room for the settings' }))
    expect(isThere('No room for the settings')).toBe(true)
    await click('Take it back')
    expect(isThere('No room for the settings')).toBe(false)
    expect(startAtLogin().checked).toBe(false)
  })

  it('says that some of it concerns the desktop app, where there is none', async () => {
    await show()
    expect(isThere('These two concern the desktop app')).toBe(true)
    await unmount()
    applySnapshot(snapshot(0, { host: { ...info, desktop: { electron: '45.5.0', chrome: '146.0' } } }))
    await show()
    expect(isThere('These two concern the desktop app')).toBe(false)
    expect(isThere('45.5.0')).toBe(true)
  })

  it('tells in place that the network could not be looked at, and asks again; a lost host is told elsewhere', async () => {
    await show()
    expect(isThere('Looking…')).toBe(true)
    await lets(() => host.next('network.show').fail({ code: 'INTERNAL', message: 'The network is a mystery' }))
    expect(isThere('The network is a mystery')).toBe(true)
    await click('Try again')
    expect(isThere('The network is a mystery')).toBe(false)
    await lets(() => host.next('network.show').fail({ code: 'HOST_UNREACHABLE', message: 'Gone' }))
    expect(document.querySelectorAll('[role="alert"]')).toHaveLength(0)
    await lets(() => useHost.setState({ link: 'live' }))
    await lets(() => host.next('network.show').ok(network))
    expect(isThere('3 authorities built in')).toBe(true)
    for (const text of ['None: the operating system names a script instead', 'Not followed', 'Name the proxy: do it.'])
      expect(isThere(text), text).toBe(true)
  })

  it('shows every place on disk', async () => {
    await show()
    for (const place of [info.home, ...Object.values(info.paths)]) expect(isThere(place), place).toBe(true)
  })
})

it('a reset sends what differs from the first settings, and nothing where nothing does', () => {
  expect(resetOf(settings)).toEqual({ serverLogBytes: 20 * 1024 * 1024 })
  const changed = { ...settings, serverLogBytes: 20 * 1024 * 1024, theme: 'dark', pythonMirror: '/m' } as const
  expect(resetOf(changed)).toEqual({ theme: 'system', pythonMirror: null })
  expect(settingsChangeSchema.strict().safeParse(resetOf(changed)).success).toBe(true)
  expect(resetOf({ ...settings, serverLogBytes: 20 * 1024 * 1024 })).toEqual({})
})

it('about tells the versions of what is there', () => {
  const labels = (desktop: typeof info.desktop) => aboutFacts({ ...info, desktop }).map(([label]) => label)
  expect(labels(null)).not.toContain('Electron')
  expect(labels({ electron: '45', chrome: '146' })).toEqual(expect.arrayContaining(['Electron', 'Chromium', 'Node']))
})
