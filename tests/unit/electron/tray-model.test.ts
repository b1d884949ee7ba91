import { existsSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { menuTemplate } from '../../../electron/view/menu-template.ts'
import { trayOf } from '../../../electron/view/tray-model.ts'
import type { TrayItem } from '../../../electron/view/tray-model.ts'
import { text } from '../../../electron/text.ts'
import { applyEvent } from '../../../electron/view/host-view.ts'
import { server, view, waitingServer } from './servers.ts'

/** A menu as text: indented, greyed out in brackets, lines as dashes. */
function drawn(items: readonly TrayItem[], indent = ''): string[] {
  return items.flatMap((item) => {
    if (item.kind === 'line') return [`${indent}-`]
    if (item.kind === 'menu') return [`${indent}${item.label} >`, ...drawn(item.items, `${indent}  `)]
    return [`${indent}${item.action ? item.label : `(${item.label})`}`]
  })
}

const find = (items: readonly TrayItem[], label: string) =>
  items.find((item) => item.kind !== 'line' && item.label.startsWith(label))

describe('the tray', () => {
  it('with nothing yet', () => {
    const { state, tooltip, items } = trayOf(view([]))
    expect({ state, tooltip }).toEqual({ state: 'idle', tooltip: 'Beep Python Host: no server is running' })
    expect(drawn(items)).toEqual([
      'Open Beep Python Host',
      '-',
      '(No servers yet)',
      '-',
      '(Start all servers)',
      '(Stop all servers)',
      '-',
      'Recent errors >',
      '  (None)',
      'Settings…',
      '-',
      'Quit',
    ])
  })

  it('has a menu for each server, with what can be done now', () => {
    const { state, tooltip, items } = trayOf(view([server('a', 'running'), server('b'), server('c', 'starting')]))
    expect({ state, tooltip }).toEqual({ state: 'running', tooltip: 'Beep Python Host: 2 servers running' })
    expect(drawn(items).slice(2, 24)).toEqual([
      'a — running >',
      '  (Running · http · http://127.0.0.1:5678)',
      '  -',
      '  (Start)',
      '  Stop',
      '  Restart',
      '  -',
      '  Copy its endpoint',
      '  Show in the window',
      'b — stopped >',
      '  (Stopped · http)',
      '  -',
      '  Start',
      '  (Stop)',
      '  (Restart)',
      '  -',
      '  (Copy its endpoint)',
      '  Show in the window',
      'c — starting… >',
      '  (Starting… · http)',
      '  -',
      '  (Start)',
    ])
    expect(drawn(items)).toContain('  Cancel the start')
    expect(drawn(items)).toContain('Start all servers')
    expect(drawn(items)).toContain('Stop all servers')
  })

  it('gives out no token', () => {
    expect(JSON.stringify(trayOf(view([server('a', 'running')])))).not.toContain('secret')
    const pipe = server('p', 'running', { endpoint: { transport: 'pipe', path: '/run/p.sock' } })
    expect(JSON.stringify(trayOf(view([pipe])))).toContain('"text":"/run/p.sock"')
    const rpc = server('r', 'running', { endpoint: { transport: 'rpc', address: '127.0.0.1:50051', token: 'secret' } })
    expect(JSON.stringify(trayOf(view([rpc])))).toContain('"text":"127.0.0.1:50051"')
  })

  it('tells a problem, and where to look', () => {
    const { state, tooltip, items } = trayOf(view([server('a', 'failed'), server('b', 'running')]))
    expect({ state, tooltip }).toEqual({
      state: 'problem',
      tooltip: 'Beep Python Host: 1 server running, 1 server failed',
    })
    expect(find(items, 'Recent errors')).toEqual({
      kind: 'menu',
      label: 'Recent errors',
      items: [
        {
          kind: 'item',
          // The first line only.
          label: 'a: a is down',
          action: { do: 'open', place: { screen: 'servers', item: 'a' } },
        },
      ],
    })
  })

  it('is calm about a server that comes back by itself, which can come sooner or not at all', () => {
    const { state, tooltip, items } = trayOf(view([waitingServer('a'), server('b', 'running')]))
    expect({ state, tooltip }).toEqual({
      state: 'running',
      tooltip: 'Beep Python Host: 1 server running, 1 server about to start again',
    })
    expect(drawn(items).slice(2, 8)).toEqual([
      'a — starts again by itself >',
      '  (Starts again by itself · 2 of 5 · http)',
      '  -',
      '  Start now',
      '  Give up',
      '  (Restart)',
    ])
    expect(find(items, 'Recent errors')).toMatchObject({ items: [{ label: 'a: a is down' }] })
  })

  it('a click says what it was about, should it not work', () => {
    const { items } = trayOf(view([waitingServer('a'), server('b', 'starting'), server('c', 'running')]))
    const actions = items.flatMap((item) => (item.kind === 'menu' ? item.items : []))
    const said = actions.flatMap((item) =>
      item.kind === 'item' && item.action && 'server' in item.action ? [item.action] : [],
    )
    expect(said).toEqual([
      { do: 'start', server: 'a', label: 'Start now' },
      { do: 'stop', server: 'a', label: 'Give up' },
      { do: 'stop', server: 'b', label: 'Cancel the start' },
      { do: 'stop', server: 'c', label: 'Stop' },
      { do: 'restart', server: 'c', label: 'Restart' },
    ])
  })

  it('can call all of it off where nothing runs and something is about to', () => {
    const { items } = trayOf(view([waitingServer('a')]))
    expect(find(items, 'Stop all servers')).toMatchObject({ action: { do: 'stopAll' } })
  })

  it('shows those that matter first when there are too many', () => {
    const many = Array.from({ length: 50 }, (_, index) => server(`s${String(index).padStart(2, '0')}`))
    const { items } = trayOf(view([...many, server('z', 'running')]))
    expect(items.filter(({ kind }) => kind === 'menu')).toHaveLength(16)
    expect(find(items, 'z — running')).toBeDefined()
    expect(find(items, '36 more')).toMatchObject({ action: { do: 'open', place: { screen: 'servers' } } })
  })

  it('says that the end has begun, and how not to wait for it', () => {
    const closing = applyEvent(view([server('a', 'stopping')]), { revision: 2, name: 'host.closing', payload: {} })
    const { tooltip, items } = trayOf(closing)
    expect(tooltip).toBe('Beep Python Host: stopping every server…')
    expect(drawn(items)).toEqual(['(stopping every server…)', 'Quit without waiting'])
  })
})

describe('the menu of the window', () => {
  const actions = { open: () => {}, browse: () => {}, reveal: () => {} }
  const labels = (platform: NodeJS.Platform, isPackaged: boolean) =>
    menuTemplate(platform, isPackaged, actions).map(({ label }) => label)
  const roles = (platform: NodeJS.Platform, isPackaged: boolean) =>
    JSON.stringify(menuTemplate(platform, isPackaged, actions))

  it('is what each system expects', () => {
    expect(labels('linux', true)).toEqual(['File', 'Edit', 'Go', 'View', 'Window', 'Help'])
    expect(labels('darwin', true)[0]).toBe('Beep Python Host')
    // Without it a text cannot be copied on macOS.
    expect(roles('darwin', true)).toContain('"role":"editMenu"')
    for (const platform of ['linux', 'win32', 'darwin'] as const) {
      expect(roles(platform, true).match(/"role":"quit"/gu)).toHaveLength(1)
      expect(roles(platform, true).match(/"role":"about"/gu)).toHaveLength(1)
    }
  })

  it('goes to every screen', () => {
    const features = 'renderer/features'
    const screens = readdirSync(features).filter((noun) => existsSync(`${features}/${noun}/screen.ts`))
    // The settings have a place of their own.
    expect([...Object.keys(text.menu.screens), 'settings'].toSorted()).toEqual(screens.toSorted())
  })

  it('has developer tools for who builds the product only', () => {
    expect(roles('linux', true)).not.toMatch(/toggleDevTools|reload/u)
    expect(roles('linux', false)).toMatch(/toggleDevTools/u)
  })
})
