// @vitest-environment happy-dom
import { createElement } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Diagnostics } from '../../../../contract/index.ts'
import { DiagnosticsDialog } from '../../../../renderer/features/home/diagnostics-dialog.tsx'
import { setBridge } from '../../../../renderer/stores/call.ts'
import * as saving from '../../../../renderer/ui/save-file.ts'
import { fakeBridge } from '../fake-bridge.ts'
import { click, control, isThere, lets, mount } from '../mount.ts'

const found: Diagnostics = {
  name: 'beep-diagnostics-2026-01-31-090500.zip',
  files: [
    { name: 'README.txt', title: 'What this is', bytes: 12, text: 'read me first' },
    { name: 'logs/servers/démo.log', title: 'Log of server démo', bytes: 2000, text: 'password=***' },
  ],
  archive: Buffer.from('PK zip é').toString('base64'),
}

describe('the diagnostics, before they are saved', () => {
  let host: ReturnType<typeof fakeBridge>
  let unmount = () => Promise.resolve()
  let isOpen = true

  beforeEach(async () => {
    host = fakeBridge('open')
    setBridge(host.bridge)
    isOpen = true
    unmount = await mount(createElement(DiagnosticsDialog, { isOpen, onClose: () => (isOpen = false) }))
  })
  afterEach(async () => {
    vi.restoreAllMocks()
    await unmount()
  })

  it('show each file with its size and its text, and are saved as they were shown', async () => {
    const save = vi.spyOn(saving, 'saveFile').mockReturnValue()
    expect(control('button', 'Save')).toHaveProperty('disabled', true)
    await lets(() => host.next('diagnostics.collect').ok(found))
    expect(isThere('2 files, 2.0 kB')).toBe(true)
    expect(isThere('read me first')).toBe(true)
    await click('logs/servers/démo.log2.0 kB', 'tab')
    expect(isThere('password=***')).toBe(true)
    expect(isThere('read me first')).toBe(false)
    await click('Save')
    const [name, data, type] = save.mock.calls[0]!
    expect([name, type]).toEqual([found.name, 'application/zip'])
    expect(Buffer.from(data as Uint8Array).toString()).toBe('PK zip é')
    expect(isOpen).toBe(false)
  })

  it('that cannot be gathered say why, and can be asked for again', async () => {
    await lets(() => host.next('diagnostics.collect').fail({ code: 'INTERNAL', message: 'The disk has gone' }))
    expect(isThere('The disk has gone')).toBe(true)
    await click('Try again')
    await lets(() => host.next('diagnostics.collect').ok(found))
    expect(isThere('The disk has gone')).toBe(false)
    expect(control('button', 'Save')).toHaveProperty('disabled', false)
  })
})
